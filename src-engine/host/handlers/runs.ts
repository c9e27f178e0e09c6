import type { HandlersOf } from '../handlers.ts'
import { runFileTask } from '../runFileTask.ts'
import type { EngineServices } from '../services.ts'

export function createRunsHandlers({ workspaces }: EngineServices): HandlersOf<'runs'> {
  return {
    'runs.list': async ({ workspace, ...query }) => {
      const startedMs = performance.now()
      const { runs, matchedCount, totalCount } = (await workspaces.get(workspace)).list(query)
      return { runs, matchedCount, totalCount, queryMs: performance.now() - startedMs }
    },
    'runs.get': async ({ workspace, runId }) => (await workspaces.get(workspace)).detail(runId),
    'runs.verify': async ({ workspace, runId }, { signal }) => {
      const { path } = (await workspaces.get(workspace)).row(runId)
      return runFileTask('verify', { runFolder: path }, signal)
    },
  }
}
