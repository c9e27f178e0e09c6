import type { ChildProcess } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { openRunReader } from '#engine/runfile/reader.ts'
import type { RunReader } from '#engine/runfile/runFile.ts'
import { ErgoscopeError } from '#shared/errors.ts'
import type { RunStatus } from '#shared/run.ts'

const pollEveryMs = 30
/** A worker loads its tensor library and data in seconds; on a very busy machine the run simply stays `queued` for a while. */
const patienceMs = 60_000
const failures: ReadonlySet<RunStatus> = new Set(['failed', 'crashed', 'killed'])

/** Waits until the worker has taken over a `queued` run. Throws `cannot-control` with one line when it failed before it was running. */
export async function awaitTakeover(runFolder: string, supervisor: ChildProcess, launchedAtMs: number): Promise<void> {
  let spawnError: Error | null = null
  supervisor.once('error', (cause) => (spawnError = cause))
  const reader = openRunReader(runFolder)
  try {
    const deadline = performance.now() + patienceMs
    while (performance.now() < deadline) {
      // Read in this order: what the supervisor recorded before it ended is then seen.
      const hasEnded = supervisor.exitCode !== null || supervisor.signalCode !== null || spawnError !== null
      const { status, statusDetail, name } = reader.state()
      if (failures.has(status) && !wasRunningSince(reader, launchedAtMs))
        throw new ErgoscopeError('cannot-control', `${name} ${status}: ${statusDetail}`)
      if (status !== 'queued') return
      if (hasEnded)
        throw new ErgoscopeError(
          'cannot-control',
          `${name} did not start: its supervisor ended; see worker.log in ${runFolder}`,
          { cause: spawnError },
        )
      await delay(pollEveryMs)
    }
  } finally {
    reader.close()
  }
}

function wasRunningSince(reader: RunReader, wallTimeMs: number): boolean {
  return reader
    .events()
    .some((event) => event.kind === 'status' && event.message === 'running' && event.wallTimeMs >= wallTimeMs)
}
