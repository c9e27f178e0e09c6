import type { Recipe } from './recipe.ts'

/** Steps of one pass through the training examples: whole batches only, at least 1. 0 for an analytic problem. */
export function stepsPerEpoch(recipe: Recipe): number {
  if ('problem' in recipe) return 0
  return Math.max(1, Math.floor(recipe.data.train_count / recipe.batch_size))
}

/** Optimizer steps of a whole run. */
export function plannedSteps(recipe: Recipe): number {
  if ('problem' in recipe) return recipe.steps
  return recipe.steps ?? (recipe.epochs ?? 1) * stepsPerEpoch(recipe)
}
