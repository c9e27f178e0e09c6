import type { Recipe } from '#core/recipes/recipe.ts'
import type { ProbeName } from '#engine/training/trainer.ts'

export interface ProbeSchedule {
  /** Every probe of the recipe. */
  readonly names: readonly ProbeName[]
  /** Those to take at the weights before this step: at step 0, at multiples of their cadence, and at the last step. */
  dueAt(step: number): ProbeName[]
}

export function createProbeSchedule(recipe: Recipe, plannedSteps: number): ProbeSchedule {
  const cadences = Object.entries(recipe.probes).flatMap(([name, probe]) => {
    // The recipe's schema has no other keys than the probes' names.
    return probe ? [{ name: name as ProbeName, every: probe.every }] : []
  })
  return {
    names: cadences.map(({ name }) => name),
    dueAt: (step) =>
      cadences.filter(({ every }) => step % every === 0 || step === plannedSteps - 1).map(({ name }) => name),
  }
}
