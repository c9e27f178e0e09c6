import { diagnoseRuns } from '#engine/diagnosing/diagnoseRuns.ts'
import type { HandlersOf } from '../handlers.ts'
import type { EngineServices } from '../services.ts'

export function createDiagnosticsHandlers({ workspaces, diagnosisPool }: EngineServices): HandlersOf<'diagnostics'> {
  return {
    'diagnostics.diagnose': async ({ workspace, runIds, margins }, { signal, progress }) => {
      const startedMs = performance.now()
      const diagnoses = await diagnoseRuns(await workspaces.get(workspace), runIds, {
        margins,
        signal,
        pool: diagnosisPool,
        onProgress: ({ fraction, label }) => progress(fraction, label),
      })
      return { diagnoses, elapsedMs: performance.now() - startedMs }
    },
  }
}
