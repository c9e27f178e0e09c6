import type { RunDiagnosis } from '#core/diagnostics/verdict/verdictTypes.ts'
import type { Workspace } from '#engine/workspace/workspace.ts'
import { decodeFrameBody, encodeFrameBody } from '#shared/frames.ts'
import type { VerdictSummary } from '#shared/run.ts'
import { areDefaultMargins, checkMargins, diagnosisKey } from './diagnosisKey.ts'
import { createDiagnosisPool, type DiagnosisJob, type DiagnosisPool } from './diagnosisPool.ts'

export interface DiagnosedRun {
  runId: string
  verdict: VerdictSummary
  diagnosis: RunDiagnosis
  computedAtMs: number
  isCached: boolean
}

export interface DiagnoseRunsOptions {
  /** Changed margins by name; see src-core/diagnostics/margins.ts. */
  margins?: Readonly<Record<string, number>>
  signal?: AbortSignal | undefined
  onProgress?: (progress: { fraction: number; label: string }) => void
  priority?: DiagnosisJob['priority']
  /** Threads to use; without one a pool is made for this call. */
  pool?: DiagnosisPool
}

/**
 * Diagnoses runs of a workspace, in the order asked for. What was computed before for the same points, margins and method comes from the workspace's index;
 * only results with default margins are kept there, because a run's verdict in the table must not depend on who looked last.
 */
export async function diagnoseRuns(
  workspace: Workspace,
  runIds: readonly string[],
  options: DiagnoseRunsOptions = {},
): Promise<DiagnosedRun[]> {
  const pool = options.pool ?? createDiagnosisPool()
  const shares = runIds.map(() => 0)
  const report = (index: number, share: number): void => {
    shares[index] = share
    const fraction = shares.reduce((sum, one) => sum + one, 0) / shares.length
    options.onProgress?.({ fraction, label: runIds.length === 1 ? 'Diagnosing' : `Diagnosing ${runIds.length} runs` })
  }
  try {
    return await Promise.all(
      runIds.map((runId, index) => diagnoseOne(workspace, runId, options, pool, (share) => report(index, share))),
    )
  } finally {
    if (!options.pool) pool.close()
  }
}

async function diagnoseOne(
  workspace: Workspace,
  runId: string,
  { margins: changed = {}, signal, priority = 'foreground' }: DiagnoseRunsOptions,
  pool: DiagnosisPool,
  onProgress: (share: number) => void,
): Promise<DiagnosedRun> {
  const margins = checkMargins(changed)
  const key = diagnosisKey(workspace.reader(runId).changeToken(), margins)
  const cached = workspace.readCachedDiagnosis(runId, key)
  if (cached) {
    const diagnosis = decodeFrameBody(cached.content) as RunDiagnosis // Written below under the same key.
    onProgress(1)
    return { runId, verdict: cached.verdict, diagnosis, computedAtMs: cached.computedAtMs, isCached: true }
  }
  const runFolder = workspace.row(runId).path
  const { diagnosis, pointCount } = await pool.run({ runFolder, margins, priority, signal, onProgress })
  const computedAtMs = Date.now()
  const verdict = summaryOf(diagnosis)
  if (areDefaultMargins(margins)) {
    const content = encodeFrameBody(diagnosis)
    workspace.writeCachedDiagnosis(runId, key, { content, verdict, computedAtMs }, pointCount)
  }
  onProgress(1)
  return { runId, verdict, diagnosis, computedAtMs, isCached: false }
}

function summaryOf({ verdict: { id, summary, detail, weakestLink } }: RunDiagnosis): VerdictSummary {
  return { id, summary, detail, weakestLink }
}
