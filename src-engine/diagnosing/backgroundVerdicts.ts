import type { Workspace } from '#engine/workspace/workspace.ts'
import { ErgoscopeError } from '#shared/errors.ts'
import { isLive, type RunRow } from '#shared/run.ts'
import { diagnoseRuns } from './diagnoseRuns.ts'
import type { DiagnosisPool } from './diagnosisPool.ts'

/**
 * Gives every run of a workspace that has ended and has no verdict yet its verdict, one after the other and behind everything that somebody waits for.
 * Returns the function that ends it.
 */
export function startBackgroundVerdicts(
  workspace: Workspace,
  pool: DiagnosisPool,
  onFault: (line: string, cause: unknown) => void,
): () => void {
  const abort = new AbortController()
  /** Runs that wait or were tried, with the number of points at that time: an unreadable run is not tried over and over. */
  const tried = new Map<string, number>()
  const queue: string[] = []
  let isWorking = false

  function offer(rows: readonly RunRow[]): void {
    for (const row of rows) {
      if (row.verdict !== null || isLive(row.status) || row.pointCount === 0 || tried.get(row.id) === row.pointCount)
        continue
      tried.set(row.id, row.pointCount)
      queue.push(row.id)
    }
    if (!isWorking) void work()
  }

  async function work(): Promise<void> {
    isWorking = true
    for (let runId = queue.shift(); runId !== undefined && !abort.signal.aborted; runId = queue.shift()) {
      try {
        await diagnoseRuns(workspace, [runId], { pool, signal: abort.signal, priority: 'background' })
      } catch (cause) {
        // A run that went or cannot be read is shown as such elsewhere.
        if (!(cause instanceof ErgoscopeError)) onFault(`The verdict of run ${runId} could not be computed`, cause)
      }
    }
    isWorking = false
  }

  const stopListening = workspace.onChange(({ changed }) => offer(changed))
  offer(workspace.list({}).runs)
  return () => {
    stopListening()
    abort.abort(new ErgoscopeError('cancelled', 'The workspace was closed'))
  }
}
