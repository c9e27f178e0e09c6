import { diagnoseRuns } from '#engine/diagnosing/diagnoseRuns.ts'
import { compareSeeds } from '#engine/diagnosing/compareSeeds.ts'
import type { HandlersOf } from '../handlers.ts'
import type { EngineServices } from '../services.ts'

export function createDiagnosticsHandlers({ workspaces, diagnosisPool }: EngineServices): HandlersOf<'diagnostics'> {
  return {
    'diagnostics.diagnose': async ({ workspace, runIds, margins }, { signal, progress }) => {
      const startedMs = performance.now()
      const opened = await workspaces.get(workspace)
      const options = {
        margins,
        signal,
        pool: diagnosisPool,
        onProgress: ({ fraction, label }: { fraction: number; label: string }) => progress(fraction, label),
      }
      const diagnoses = await diagnoseRuns(opened, runIds, options)
      const acrossRuns = runIds.length > 1 ? { acrossRuns: await compareSeeds(opened, diagnoses, options) } : {}
      return { diagnoses, ...acrossRuns, elapsedMs: performance.now() - startedMs }
    },
  }
}
