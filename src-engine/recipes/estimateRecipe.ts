import { plannedSteps } from '#core/recipes/length.ts'
import { parameterCount, stepMemoryBytes } from '#core/recipes/modelSize.ts'
import type { Recipe } from '#core/recipes/recipe.ts'
import { readStepTime } from '#engine/training/stepTimes.ts'
import type { RecipeEstimate } from '#shared/contract/training.ts'

/** A worker before its first step, measured: plain Node for a problem, the loaded tensor library and the digits for a network. */
const idleWorkerBytes = { problem: 70e6, network: 420e6 }

/** How large and how long one run of a recipe is. Times come from the last run of the same model, data and probes on this machine; null when there was none. */
export function estimateRecipe(recipe: Recipe): RecipeEstimate {
  const stepCount = plannedSteps(recipe)
  return {
    parameterCount: parameterCount(recipe),
    stepCount,
    memoryBytes: ('problem' in recipe ? idleWorkerBytes.problem : idleWorkerBytes.network) + stepMemoryBytes(recipe),
    ...estimateTime(recipe, stepCount),
  }
}

function estimateTime(recipe: Recipe, stepCount: number): Pick<RecipeEstimate, 'seconds' | 'probeShare'> {
  const measured = readStepTime(recipe)
  if (!measured) return { seconds: null, probeShare: null }
  const probes = Object.entries(recipe.probes).map(
    ([name, probe]) => (measured.probeMs[name] ?? 0) * (1 + Math.floor((stepCount - 1) / (probe?.every ?? stepCount))),
  )
  const probeMs = probes.reduce((sum, ms) => sum + ms, 0)
  const totalMs = stepCount * measured.stepMs + probeMs
  return { seconds: totalMs / 1000, probeShare: totalMs === 0 ? 0 : probeMs / totalMs }
}
