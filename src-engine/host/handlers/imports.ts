import type { HandlersOf } from '../handlers.ts'
import { runFileTask } from '../runFileTask.ts'
import type { EngineServices } from '../services.ts'

export function createImportsHandlers({ workspaces }: EngineServices): HandlersOf<'imports'> {
  return {
    'imports.preview': async ({ path }) => {
      const { previewImport } = await import('#engine/importers/importRun.ts')
      return previewImport(path)
    },
    'imports.run': async ({ workspace, path, name, roles, config }) => {
      const opened = await workspaces.get(workspace)
      const { run, pointCount, warnings } = await runFileTask('import', {
        workspacePath: opened.path,
        path,
        name,
        roles,
        config,
        takenNames: opened.list({}).runs.map((other) => other.name),
        nowMs: Date.now(),
      })
      // Looks for the run at once, so that the caller's next request finds it.
      opened.row(run.id)
      return { run, pointCount, warnings }
    },
  }
}
