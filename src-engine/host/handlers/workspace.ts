import type { HandlersOf } from '../handlers.ts'
import type { EngineServices } from '../services.ts'

export function createWorkspaceHandlers({ workspaces, settings, log }: EngineServices): HandlersOf<'workspace'> {
  return {
    'workspace.open': async ({ path, create }) => {
      const info = await workspaces.open(path, { create })
      try {
        settings.rememberWorkspace(info.path, info.runCount, Date.now())
      } catch (cause) {
        // A configuration folder that cannot be written must not keep anybody from looking at runs.
        log.error('The workspace could not be remembered', cause)
      }
      return info
    },
    'workspace.saveView': async ({ workspace, view }) => {
      ;(await workspaces.get(workspace)).saveView(view)
      return {}
    },
  }
}
