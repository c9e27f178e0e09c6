import type { AcrossRunsDiagnosis } from '#core/diagnostics/acrossRunsTypes.ts'
import type { Workspace } from '#engine/workspace/workspace.ts'
import type { DiagnosedRun, DiagnoseRunsOptions } from './diagnoseRuns.ts'
import { checkMargins } from './diagnosisKey.ts'
import { createDiagnosisPool } from './diagnosisPool.ts'

/** Compares diagnosed runs of a workspace as seeds of one experiment; the margins should be those of their diagnoses. Computed anew each time: it takes a moment only. */
export async function compareSeeds(
  workspace: Workspace,
  runs: readonly Pick<DiagnosedRun, 'runId' | 'diagnosis'>[],
  { margins = {}, signal, onProgress, priority = 'foreground', pool: given }: DiagnoseRunsOptions = {},
): Promise<AcrossRunsDiagnosis> {
  const pool = given ?? createDiagnosisPool(1)
  try {
    return await pool.compare({
      seeds: runs.map(({ runId, diagnosis }) => ({ runFolder: workspace.row(runId).path, diagnosis })),
      margins: checkMargins(margins),
      priority,
      signal,
      onProgress: (fraction) => onProgress?.({ fraction, label: `Comparing ${runs.length} runs` }),
    })
  } finally {
    if (!given) pool.close()
  }
}
