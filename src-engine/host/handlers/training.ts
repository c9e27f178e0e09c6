import { createLauncher } from '#engine/launching/createLauncher.ts'
import { startDemo } from '#engine/launching/startDemo.ts'
import type { HandlersOf } from '../handlers.ts'
import type { EngineServices } from '../services.ts'

export function createTrainingHandlers({ workspaces }: EngineServices): HandlersOf<'training'> {
  const launcher = createLauncher()
  return {
    'training.start': async ({ workspace, yaml, name, seeds }) => {
      const opened = await workspaces.get(workspace)
      const runs = await launcher.startAll({ workspacePath: opened.path, recipeYaml: yaml, name: name ?? null, seeds })
      // Looks for the runs at once, so that the caller's next request finds them.
      for (const { id } of runs) opened.row(id)
      return { runs }
    },
    'training.startDemo': ({ workspace }) => startDemo(launcher, workspace),
    'training.control': async ({ workspace, runId, action }) => {
      const { path } = (await workspaces.get(workspace)).row(runId)
      return { message: await launcher.control(path, action) }
    },
  }
}
