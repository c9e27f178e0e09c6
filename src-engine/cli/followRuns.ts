import { setTimeout as delay } from 'node:timers/promises'
import type { Workspace } from '#engine/workspace/workspace.ts'
import { isBeingWritten } from '#engine/launching/lifeOfRun.ts'
import type { Launcher } from '#engine/launching/launching.ts'
import type { StartedRun } from '#shared/contract/training.ts'
import { isLive, type RunRow } from '#shared/run.ts'
import type { Interruptions } from './interruptions.ts'
import { printable, say } from './output.ts'
import { createProgressDisplay } from './progressDisplay.ts'

const pollMs = 250
/** In the moments after a worker's end its run looks lost, until the supervisor has written down how it ended; and an ended run is one plain file a moment later. */
const settledWithinMs = 5000

/**
 * Shows the runs' progress on stderr until all have ended. The first Ctrl-C, which may have come while they started, asks the workers to stop after a
 * checkpoint; the second does not wait for that. Returns the rows as they ended.
 */
export async function followRuns(
  workspace: Workspace,
  launcher: Launcher,
  runs: readonly StartedRun[],
  interruptions: Interruptions,
): Promise<RunRow[]> {
  const display = createProgressDisplay(process.stderr)
  let isStopping = false
  let allSettledMs = performance.now()
  try {
    for (;;) {
      const rows = runs.map((run) => workspace.row(run.id))
      display.show(rows, Date.now())
      const isSettling = rows.some(isUnsettled)
      if (!isSettling) allSettledMs = performance.now()
      const mayStillSettle = isSettling && performance.now() - allSettledMs < settledWithinMs
      const isOver = !rows.some((row) => isLive(row.status)) && !mayStillSettle
      if (interruptions.count > 0 && !isStopping && !isOver) {
        isStopping = true
        say('\nStopping after a checkpoint; Ctrl-C again does not wait for it.')
        askToStop(launcher, runs)
      }
      if (isOver || (isStopping && interruptions.count > 1)) {
        for (const { id, status } of rows)
          if (status === 'stopped') say(`to go on: ergoscope control ${id.slice(0, 8)} resume`)
        return rows
      }
      await delay(pollMs)
    }
  } finally {
    display.end()
  }
}

/** Ended, but not all is written down. */
function isUnsettled({ status, path }: RunRow): boolean {
  return status === 'lost' || (!isLive(status) && isBeingWritten(path))
}

function askToStop(launcher: Launcher, runs: readonly StartedRun[]): void {
  for (const run of runs)
    launcher
      .control(run.path, 'stop')
      .catch((cause: unknown) =>
        say(printable(`${run.name}: ${cause instanceof Error ? cause.message : String(cause)}`)),
      )
}
