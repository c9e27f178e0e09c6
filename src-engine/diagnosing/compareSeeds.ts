import type { AcrossRunsDiagnosis } from '#core/diagnostics/acrossRuns/acrossRunsTypes.ts'
import { diagnoseAcrossRuns } from '#core/diagnostics/acrossRuns/diagnoseAcrossRuns.ts'
import { seedOf } from '#core/runs/runGroups.ts'
import type { Workspace } from '#engine/workspace/workspace.ts'
import type { DiagnosedRun, DiagnoseRunsOptions } from './diagnoseRuns.ts'
import { checkMargins } from './diagnosisKey.ts'
import { createDiagnosisPool } from './diagnosisPool.ts'

/**
 * Compares diagnosed runs of a workspace, as seeds of one experiment or of several; the margins should be those of their diagnoses.
 * Computed anew each time: it takes a moment only.
 */
export async function compareSeeds(
  workspace: Workspace,
  runs: readonly Pick<DiagnosedRun, 'runId' | 'diagnosis'>[],
  { margins = {}, signal, onProgress, priority = 'foreground', pool: given }: DiagnoseRunsOptions = {},
): Promise<AcrossRunsDiagnosis> {
  const [only] = runs
  if (only && runs.length === 1) return aloneAcrossRuns(only)
  const pool = given ?? createDiagnosisPool(1)
  try {
    return await pool.compare({
      seeds: runs.map(({ runId, diagnosis }) => {
        const row = workspace.row(runId)
        return { runFolder: row.path, diagnosis, settings: row.config, seed: seedOf(row) }
      }),
      margins: checkMargins(margins),
      priority,
      signal,
      onProgress: (fraction) => onProgress?.({ fraction, label: `Comparing ${runs.length} runs` }),
    })
  } finally {
    if (!given) pool.close()
  }
}

/** One run is untested, whatever it recorded: nothing is read for it. */
function aloneAcrossRuns({ runId, diagnosis }: Pick<DiagnosedRun, 'runId' | 'diagnosis'>): AcrossRunsDiagnosis {
  const observables = { runId, name: diagnosis.name, config: {}, scalars: {}, vectors: {}, others: [] }
  return diagnoseAcrossRuns([{ observables, diagnosis }])
}
