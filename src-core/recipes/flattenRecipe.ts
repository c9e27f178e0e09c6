import type { RunConfig } from '#shared/run.ts'
import { plannedSteps, stepsPerEpoch } from './length.ts'
import type { Recipe } from './recipe.ts'
import { isMapping } from './schemaPath.ts'

/** Sections whose keys mean the same without the section's name. */
const unfolded = new Set(['data', 'model', 'problem', 'optimizer', 'schedule'])
/** Texts about the recipe, and seeds of other runs. */
const leftOut = new Set(['name', 'title', 'description', 'seeds'])

/**
 * The configuration of one run, as run files, filters and tables name it: leaf names where they are unique (`learning_rate`, `hidden`), the kind under the
 * section's name (`model: mlp`), dotted keys for probes and checkpoints (`probes.sharpness.every`), `seed`, `data_seed`, and what follows from the recipe under
 * `derived.` (`derived.steps_per_epoch`, `derived.planned_steps`). Lists are kept as JSON text.
 */
export function flattenRecipe(recipe: Recipe, seed: number): RunConfig {
  const config: RunConfig = {}
  for (const [section, value] of Object.entries(recipe)) {
    if (leftOut.has(section)) continue
    if (unfolded.has(section) && isMapping(value)) addUnfolded(config, section, value)
    else addDotted(config, section, value)
  }
  config['seed'] = seed
  config['derived.planned_steps'] = plannedSteps(recipe)
  if (stepsPerEpoch(recipe) > 0) config['derived.steps_per_epoch'] = stepsPerEpoch(recipe)
  return config
}

function addUnfolded(config: RunConfig, section: string, value: Record<string, unknown>): void {
  for (const [key, leaf] of Object.entries(value)) {
    const name = key === 'kind' ? section : key === 'seed' ? `${section}_seed` : key
    addDotted(config, name, leaf)
  }
}

function addDotted(config: RunConfig, key: string, value: unknown): void {
  if (isMapping(value)) {
    for (const [child, leaf] of Object.entries(value)) addDotted(config, `${key}.${child}`, leaf)
  } else if (Array.isArray(value)) {
    config[key] = JSON.stringify(value)
  } else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    config[key] = value
  }
}
