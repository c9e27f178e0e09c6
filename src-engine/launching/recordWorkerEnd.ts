import { setTimeout as delay } from 'node:timers/promises'
import type { RunState } from '#engine/runfile/runFile.ts'
import { openRunWriter } from '#engine/runfile/writer.ts'
import { workerExitCodes } from '#engine/training/workerConventions.ts'
import { ErgoscopeError, type ErrorCode } from '#shared/errors.ts'
import { isLive } from '#shared/run.ts'
import { readState } from './lifeOfRun.ts'

export interface WorkerEnd {
  /** Of the worker; null when it never ran. */
  pid: number | null
  code: number | null
  signal: NodeJS.Signals | null
  /** Why the process could not be started at all. */
  spawnError: string | null
  /** When its supervisor started. */
  launchedAtMs: number
}

/** With the usual pause of five seconds: an hour. */
const retries = 720

/** Writes how a worker ended into its run file, unless the worker did so itself. While the disk is full or somebody else writes the run, it is tried for an hour. */
export async function recordWorkerEnd(
  runFolder: string,
  end: WorkerEnd,
  { retryEveryMs = 5000 }: { retryEveryMs?: number } = {},
): Promise<void> {
  for (let attempt = 0; attempt <= retries; attempt += 1) {
    try {
      recordOnce(runFolder, end)
      return
    } catch (cause) {
      if (!(cause instanceof ErgoscopeError) || !passing.has(cause.code)) throw cause
    }
    await delay(retryEveryMs)
  }
}

/** Failures that may be over at the next try. */
const passing: ReadonlySet<ErrorCode> = new Set(['disk-full', 'cannot-control'])

function recordOnce(runFolder: string, end: WorkerEnd): void {
  if (!isUnrecorded(readState(runFolder), end)) return
  const writer = openRunWriter(runFolder)
  try {
    // Looked at again by the one who holds the lock: the run may have been resumed on the way here.
    const state = readState(runFolder)
    if (!isUnrecorded(state, end)) return
    const { status, detail } = classifyWorkerEnd(end, state.steps)
    writer.addEvent({ kind: 'status', step: null, message: `${status}: ${detail}`, wallTimeMs: Date.now() })
    writer.finish(status, detail, Date.now())
  } finally {
    // Where the end could not be written, the lock must not stand in the way of the next try.
    writer.close()
  }
}

/** Whether the run still waits for this end: no other worker has taken it over, and it was not queued for one since. */
function isUnrecorded({ status, worker, heartbeatAtMs, createdAtMs }: RunState, end: WorkerEnd): boolean {
  if (!isLive(status)) return false
  return worker ? worker.pid === end.pid : (heartbeatAtMs ?? createdAtMs) <= end.launchedAtMs
}

/** A worker that could not say how it ended, in one line. */
export function classifyWorkerEnd(
  end: Omit<WorkerEnd, 'launchedAtMs'>,
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
