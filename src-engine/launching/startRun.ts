import { parseRecipe } from '#core/recipes/parseRecipe.ts'
import { openRunReader } from '#engine/runfile/reader.ts'
import type { StartedRun } from '#shared/contract/training.ts'
import { ErgoscopeError } from '#shared/errors.ts'
import type { Recipe } from '#core/recipes/recipe.ts'
import { awaitTakeover } from './awaitTakeover.ts'
import { createRunFolder } from './createRunFolder.ts'
import type { LaunchAllRequest, LaunchRequest } from './launching.ts'
import { spawnSupervisor } from './spawnSupervisor.ts'
import { threadsKey } from './workerThreads.ts'

export async function startRun(request: LaunchRequest, workerEntry: string): Promise<StartedRun> {
  const run = createRunFolder(request, validRecipe(request.recipeYaml))
  await launch(run.path, workerEntry)
  return run
}

export async function startRuns(request: LaunchAllRequest, workerEntry: string): Promise<StartedRun[]> {
  const recipe = validRecipe(request.recipeYaml)
  const { workspacePath, recipeYaml } = request
  const seeds = request.seeds.length > 0 ? request.seeds : recipe.seeds
  const group = request.name ?? recipe.name
  const runs = seeds.map((seed) => {
    const name = seeds.length > 1 ? `${group}-s${seed}` : request.name
    return createRunFolder({ workspacePath, recipeYaml, name, group, seed }, recipe)
  })
  await Promise.all(runs.map((run) => launch(run.path, workerEntry)))
  return runs
}

/** Starts the worker of a `queued` run and waits until it is running. */
export async function launch(runFolder: string, workerEntry: string): Promise<void> {
  const launchedAtMs = Date.now()
  const supervisor = spawnSupervisor(runFolder, workerEntry, threadsOf(runFolder))
  await awaitTakeover(runFolder, supervisor, launchedAtMs)
}

function threadsOf(runFolder: string): number {
  const reader = openRunReader(runFolder)
  try {
    return Number(reader.config()[threadsKey] ?? 1)
  } finally {
    reader.close()
  }
}

function validRecipe(yaml: string): Recipe {
  const parsed = parseRecipe(yaml)
  if ('recipe' in parsed) return parsed.recipe
  const lines = parsed.problems.map(({ line, message }) => (line === null ? message : `line ${line}: ${message}`))
  throw new ErgoscopeError('invalid-recipe', lines.join('\n'))
}
