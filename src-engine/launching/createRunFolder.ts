import { randomUUID } from 'node:crypto'
import { existsSync, rmSync } from 'node:fs'
import { hostname } from 'node:os'
import { join, resolve } from 'node:path'
import { flattenRecipe } from '#core/recipes/flattenRecipe.ts'
import { plannedSteps } from '#core/recipes/length.ts'
import type { Recipe } from '#core/recipes/recipe.ts'
import { makeFolder } from '#engine/files/makeFolder.ts'
import { createRun } from '#engine/runfile/writer.ts'
import type { StartedRun } from '#shared/contract/training.ts'
import packageJson from '../../package.json' with { type: 'json' }
import type { LaunchRequest } from './launching.ts'
import { chooseWorkerThreads, threadsKey } from './workerThreads.ts'

/** Makes the folder and the file of a run that is yet to be trained, or leaves nothing behind. Errors: `bad-request`, `read-only`, `disk-full`. */
export function createRunFolder(request: LaunchRequest, recipe: Recipe): StartedRun {
  const id = randomUUID()
  const name = request.name ?? recipe.name
  const workspacePath = resolve(request.workspacePath)
  makeFolder(workspacePath)
  const folder = freeFolder(workspacePath, `${folderNameOf(name)}-${id.slice(0, 8)}`)
  try {
    writeQueuedRun(folder, { id, name }, request, recipe)
  } catch (cause) {
    rmSync(folder, { recursive: true, force: true })
    throw cause
  }
  return { id, name, path: folder }
}

function writeQueuedRun(
  folder: string,
  identity: { id: string; name: string },
  request: LaunchRequest,
  recipe: Recipe,
): void {
  const writer = createRun(folder, {
    ...identity,
    group: request.group ?? recipe.name,
    tags: [],
    notes: '',
    source: 'trained',
    seed: request.seed,
    createdAtMs: Date.now(),
    host: hostname(),
    versions: { ergoscope: packageJson.version, node: process.versions.node },
    plannedSteps: plannedSteps(recipe),
    recipeYaml: request.recipeYaml,
  })
  writer.setConfig(flattenRecipe(recipe, request.seed))
  writer.setConfigValue(threadsKey, chooseWorkerThreads(recipe))
  writer.close()
}

function freeFolder(workspacePath: string, name: string): string {
  const folder = join(workspacePath, name)
  return existsSync(folder) ? freeFolder(workspacePath, `${name}-2`) : folder
}

/** What every file system takes: letters, digits, dots and dashes, at most 60. */
function folderNameOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/[^A-Za-z0-9.]+/g, '-')
    .replaceAll(/^[-.]+|[-.]+$/g, '')
  return plain.slice(0, 60) || 'run'
}
