import type { HandlersOf } from '../handlers.ts'
import type { EngineServices } from '../services.ts'

export function createImportsHandlers({ workspaces }: EngineServices): HandlersOf<'imports'> {
  return {
    'imports.preview': async ({ path }) => {
      const { previewImport } = await import('#engine/importers/importRun.ts')
      return previewImport(path)
    },
    'imports.run': async ({ workspace, path, name, roles, config }) => {
      const { importRun } = await import('#engine/importers/importRun.ts')
      const { path: workspacePath } = (await workspaces.get(workspace)).info()
      const { run, pointCount, warnings } = await importRun({ workspacePath, path, name, roles, config, nowMs: Date.now() })
      return { run, pointCount, warnings }
    },
  }
}
