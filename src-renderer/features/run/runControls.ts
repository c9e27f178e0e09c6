import type { RunDetail } from '#shared/run.ts'

export interface RunControls {
  readonly canProbe: boolean
  readonly canPause: boolean
  readonly canResume: boolean
  readonly canStop: boolean
}

/** Which requests mean something for a run as it stands: only runs that we train, only while they live, or from a checkpoint after they ended early. */
export function runControls({ run, checkpoints }: RunDetail): RunControls {
  const isOurs = run.source === 'trained' && !run.isReadOnly
  const hasEndedEarly = ['stopped', 'killed', 'crashed', 'lost'].includes(run.status)
  return {
    canProbe: isOurs && run.status === 'running',
    canPause: isOurs && run.status === 'running',
    canResume: isOurs && (run.status === 'paused' || (hasEndedEarly && checkpoints.length > 0)),
    canStop: isOurs && (run.status === 'running' || run.status === 'paused'),
  }
}
