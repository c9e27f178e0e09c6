import { plannedSteps, stepsPerEpoch } from './length.ts'
import type { Recipe } from './recipe.ts'

/**
 * First steps of the segments that a `steps` schedule makes, ascending, without 0.
 * Milestones count epochs where the recipe's length is in epochs, else steps; a fraction of an epoch is rounded to a step.
 */
export function milestoneSteps(recipe: Recipe): number[] {
  if (recipe.schedule.kind !== 'steps') return []
  const unit = 'epochs' in recipe && recipe.epochs !== undefined ? stepsPerEpoch(recipe) : 1
  return recipe.schedule.milestones.map((milestone) => Math.round(milestone * unit))
}

/** η of the update made at `step` (0-based): constant, multiplied by `factor` at each milestone, or half a cosine (Loshchilov and Hutter 2017, without restarts). */
export function learningRateAt(recipe: Recipe, step: number): number {
  const { schedule, optimizer } = recipe
  const initial = optimizer.learning_rate
  switch (schedule.kind) {
    case 'constant':
      return initial
    case 'steps':
      return initial * schedule.factor ** milestoneSteps(recipe).filter((milestone) => step >= milestone).length
    case 'cosine': {
      const progress = Math.min(1, step / plannedSteps(recipe))
      return initial * (schedule.final_share + (1 - schedule.final_share) * 0.5 * (1 + Math.cos(Math.PI * progress)))
    }
  }
}
