import { learningRateAt } from '#core/recipes/learningRate.ts'
import type { Recipe } from '#core/recipes/recipe.ts'
import type { SgdSettings } from './sgd.ts'

/** The optimizer settings of one step. */
export function settingsAt(recipe: Recipe, step: number): SgdSettings {
  const { momentum, nesterov, weight_decay: weightDecay } = recipe.optimizer
  return { learningRate: learningRateAt(recipe, step), momentum, nesterov, weightDecay }
}
