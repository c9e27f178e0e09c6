import { setTimeout as delay } from 'node:timers/promises'
import { openRunReader } from '#engine/runfile/reader.ts'
import type { RunState } from '#engine/runfile/runFile.ts'
import { openRunWriter } from '#engine/runfile/writer.ts'
import { workerExitCodes } from '#engine/training/workerConventions.ts'
import { ErgoscopeError } from '#shared/errors.ts'
import { isLive } from '#shared/run.ts'

export interface WorkerEnd {
  /** Of the worker; null when it never ran. */
  pid: number | null
  code: number | null
  signal: NodeJS.Signals | null
  /** Why the process could not be started at all. */
  spawnError: string | null
}

/** With the usual pause of five seconds: an hour. */
const retriesOnFullDisk = 720

/** Writes how a worker ended into its run file, unless the worker did so itself. On a full disk it is tried for an hour. */
export async function recordWorkerEnd(
  runFolder: string,
  end: WorkerEnd,
  { retryEveryMs = 5000 }: { retryEveryMs?: number } = {},
): Promise<void> {
  for (let attempt = 0; attempt <= retriesOnFullDisk; attempt += 1) {
    try {
      recordOnce(runFolder, end)
      return
    } catch (cause) {
      if (!(cause instanceof ErgoscopeError) || cause.code !== 'disk-full') throw cause
    }
    await delay(retryEveryMs)
  }
}

function recordOnce(runFolder: string, end: WorkerEnd): void {
  const state = stateOf(runFolder)
  // Another worker may have taken the run over meanwhile.
  if (!isLive(state.status) || (state.worker && state.worker.pid !== end.pid)) return
  const { status, detail } = classifyWorkerEnd(end, state.steps)
  const writer = openRunWriter(runFolder)
  try {
    writer.addEvent({ kind: 'status', step: null, message: `${status}: ${detail}`, wallTimeMs: Date.now() })
    writer.finish(status, detail, Date.now())
  } finally {
    // Where the end could not be written, the lock must not stand in the way of the next try.
    writer.close()
  }
}

function stateOf(runFolder: string): RunState {
  const reader = openRunReader(runFolder)
  try {
    return reader.state()
  } finally {
    reader.close()
  }
}

/** A worker that could not say how it ended, in one line. */
export function classifyWorkerEnd(
  end: WorkerEnd,
  committedSteps: number,
): { status: 'failed' | 'crashed' | 'killed'; detail: string } {
  if (end.spawnError !== null) return { status: 'failed', detail: `the worker could not be started: ${end.spawnError}` }
  if (end.signal !== null && crashSignals.has(end.signal))
    return { status: 'crashed', detail: `${end.signal} after ${committedSteps} steps: see worker.log` }
  if (end.signal !== null) return { status: 'killed', detail: `by ${end.signal} after ${committedSteps} steps` }
  if (end.code === workerExitCodes.unrecorded)
    return { status: 'failed', detail: 'the worker ended and could not record why: see worker.log' }
  return { status: 'crashed', detail: `exit code ${end.code} after ${committedSteps} steps: see worker.log` }
}

/** Signals that a program brings upon itself. */
const crashSignals: ReadonlySet<NodeJS.Signals> = new Set([
  'SIGSEGV',
  'SIGABRT',
  'SIGBUS',
  'SIGFPE',
  'SIGILL',
  'SIGTRAP',
])
