import type { RunStatus } from '#shared/run.ts'

export interface StatusLook {
  text: string
  tone: 'plain' | 'accent' | 'warn' | 'fail' | 'dashed'
}

/** What a status is called, and how its chip looks. Finished is the normal case and stays plain. */
export const statusLooks: Record<RunStatus, StatusLook> = {
  queued: { text: 'Queued', tone: 'plain' },
  running: { text: 'Training', tone: 'accent' },
  paused: { text: 'Paused', tone: 'accent' },
  finished: { text: 'Finished', tone: 'plain' },
  stopped: { text: 'Stopped', tone: 'dashed' },
  failed: { text: 'Failed', tone: 'fail' },
  crashed: { text: 'Crashed', tone: 'fail' },
  killed: { text: 'Killed', tone: 'warn' },
  lost: { text: 'Lost', tone: 'dashed' },
}
