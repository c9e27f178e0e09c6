import { diagnoseRuns } from '#engine/diagnosing/diagnoseRuns.ts'
import { compareSeeds } from '#engine/diagnosing/compareSeeds.ts'
import { gatherReport } from '#engine/reporting/gatherReport.ts'
import { requireFilePlace } from '#engine/workspace/requireFilePlace.ts'
import type { RequestOf } from '#shared/contract/contract.ts'
import type { CallContext } from '../callContext.ts'
import type { HandlersOf } from '../handlers.ts'
import { runFileTask } from '../runFileTask.ts'
import type { EngineServices } from '../services.ts'

export function createDiagnosticsHandlers({ workspaces, diagnosisPool }: EngineServices): HandlersOf<'diagnostics'> {
  async function diagnose(
    { workspace, runIds, margins }: Omit<RequestOf<'diagnostics.report'>, 'path'>,
    { signal, progress }: CallContext,
  ) {
    const opened = await workspaces.get(workspace)
    const options = {
      margins,
      signal,
      pool: diagnosisPool,
      onProgress: ({ fraction, label }: { fraction: number; label: string }) => progress(fraction, label),
    }
    const diagnoses = await diagnoseRuns(opened, runIds, options)
    return { opened, diagnoses, acrossRuns: await compareSeeds(opened, diagnoses, options) }
  }

  return {
    'diagnostics.diagnose': async (request, context) => {
      const startedMs = performance.now()
      const { diagnoses, acrossRuns } = await diagnose(request, context)
      return { diagnoses, acrossRuns, elapsedMs: performance.now() - startedMs }
    },
    'diagnostics.report': async (request, context) => {
      requireFilePlace(request.path)
      const { opened, diagnoses, acrossRuns } = await diagnose(request, context)
      const input = {
        diagnoses: diagnoses.map(({ diagnosis }) => diagnosis),
        acrossRuns,
        changedMargins: request.margins,
      }
      const data = await gatherReport(opened, input, Date.now())
      context.signal.throwIfAborted()
      return runFileTask('report', { data, path: request.path })
    },
  }
}
