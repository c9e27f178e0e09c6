import { setTimeout as delay } from 'node:timers/promises'
import type { RunWriter } from '#engine/runfile/runFile.ts'
import { openRunWriter } from '#engine/runfile/writer.ts'
import { takeRequests } from '#engine/training/control/requests.ts'
import { ErgoscopeError } from '#shared/errors.ts'
import { isRunAwake } from './lifeOfRun.ts'

const retryEveryMs = 50
/** Sealing a file of a hundred million points takes seconds. */
const patienceMs = 15_000

/**
 * Gives an ended run back to a worker: `queued` again, with nobody behind it. False when somebody else has done so first: the run is awake. Error: `cannot-control` when
 * somebody keeps writing a run that has ended.
 */
export async function queueAgain(runFolder: string): Promise<boolean> {
  const writer = await openWhenFree(runFolder)
  if (!writer) return false
  try {
    // Judged once more by the one who holds the lock: of two who resume a run at once, one does.
    if (isRunAwake(runFolder)) return false
    // What was asked of the worker that ended: an old `stop` would end the new one at once. What is asked from now on is the new one's.
    takeRequests(runFolder)
    writer.setStatus('queued', '', Date.now())
    writer.setWorker(null)
    writer.heartbeat(Date.now())
    return true
  } finally {
    writer.close()
  }
}

/** Whoever recorded the end may still be sealing the file. Null when the run is awake again. */
async function openWhenFree(runFolder: string): Promise<RunWriter | null> {
  const deadline = performance.now() + patienceMs
  for (;;) {
    try {
      return openRunWriter(runFolder)
    } catch (cause) {
      const isHeld = cause instanceof ErgoscopeError && cause.code === 'cannot-control'
      if (isHeld && isRunAwake(runFolder)) return null
      if (!isHeld || performance.now() > deadline) throw cause
    }
    await delay(retryEveryMs)
  }
}
