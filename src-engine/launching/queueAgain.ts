import { setTimeout as delay } from 'node:timers/promises'
import type { RunWriter } from '#engine/runfile/runFile.ts'
import { openRunWriter } from '#engine/runfile/writer.ts'
import { ErgoscopeError } from '#shared/errors.ts'

const retryEveryMs = 50
/** Sealing a file of a hundred million points takes seconds. */
const patienceMs = 15_000

/** Gives an ended run back to a worker: `queued` again, with nobody behind it. Error: `cannot-control` when somebody else keeps writing the run. */
export async function queueAgain(runFolder: string): Promise<void> {
  const writer = await openWhenFree(runFolder)
  try {
    writer.setStatus('queued', '', Date.now())
    writer.setWorker(null)
    writer.heartbeat(Date.now())
  } finally {
    writer.close()
  }
}

/** Whoever recorded the end may still be sealing the file. */
async function openWhenFree(runFolder: string): Promise<RunWriter> {
  const deadline = performance.now() + patienceMs
  for (;;) {
    try {
      return openRunWriter(runFolder)
    } catch (cause) {
      const isHeld = cause instanceof ErgoscopeError && cause.code === 'cannot-control'
      if (!isHeld || performance.now() > deadline) throw cause
    }
    await delay(retryEveryMs)
  }
}
