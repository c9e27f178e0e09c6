import { homedir } from 'node:os'
import { join } from 'node:path'
import { findBuiltInRecipes } from '#engine/recipes/builtInRecipes.ts'
import type { StartedRun } from '#shared/contract/training.ts'
import type { Launcher } from './launching.ts'

/** Where the demo's runs go unless the user says otherwise. */
export function demoWorkspacePath(): string {
  return join(homedir(), 'Ergoscope', 'demo')
}

/** Starts the runs of the demo side by side: one whose weights never stop, and one that converges. */
export async function startDemo(
  launcher: Launcher,
  workspacePath: string | null,
): Promise<{ workspace: string; runs: StartedRun[] }> {
  const workspace = workspacePath ?? demoWorkspacePath()
  const recipes = findBuiltInRecipes('demo')
  const started = await Promise.all(
    recipes.map(({ yaml }) => launcher.startAll({ workspacePath: workspace, recipeYaml: yaml, name: null, seeds: [] })),
  )
  return { workspace, runs: started.flat() }
}
