import { setTimeout as delay } from 'node:timers/promises'
import type { Workspace } from '#engine/workspace/workspace.ts'
import type { Launcher } from '#engine/launching/launching.ts'
import type { StartedRun } from '#shared/contract/training.ts'
import { isLive, type RunRow } from '#shared/run.ts'
import { say } from './output.ts'
import { createProgressDisplay } from './progressDisplay.ts'

const pollMs = 250

/**
 * Shows the runs' progress on stderr until all have ended. The first Ctrl-C asks the workers to stop after a checkpoint, the second leaves them running.
 * Returns the rows as they ended.
 */
export async function followRuns(
  workspace: Workspace,
  launcher: Launcher,
  runs: readonly StartedRun[],
): Promise<RunRow[]> {
  const display = createProgressDisplay(process.stderr)
  let interruptions = 0
  const onInterrupt = () => {
    interruptions += 1
    if (interruptions > 1) return
    say('\nStopping after a checkpoint; Ctrl-C again leaves the training running on its own.')
    for (const run of runs) {
      launcher
        .control(run.path, 'stop')
        .catch((cause: unknown) => say(`${run.name}: ${cause instanceof Error ? cause.message : String(cause)}`))
    }
  }
  process.on('SIGINT', onInterrupt)
  try {
    for (;;) {
      const rows = runs.map((run) => workspace.row(run.id))
      display.show(rows, Date.now())
      if (interruptions > 1 || !rows.some((row) => isLive(row.status))) {
        for (const { id, status } of rows)
          if (status === 'stopped') say(`to go on: ergoscope control ${id.slice(0, 8)} resume`)
        return rows
      }
      await delay(pollMs)
    }
  } finally {
    process.off('SIGINT', onInterrupt)
    display.end()
  }
}
