import type { Recipe } from '#core/recipes/recipe.ts'
import type { ProbeName } from '../trainer.ts'

const allProbeNames: readonly ProbeName[] = [
  'full_gradient',
  'gradient_noise',
  'sharpness',
  'spectral_density',
  'balance',
  'validation',
  'sketch',
]

/** The probes that a recipe takes. */
export function probeNames(recipe: Recipe): ProbeName[] {
  const asked = new Set(Object.entries(recipe.probes).flatMap(([name, probe]) => (probe ? [name] : [])))
  return allProbeNames.filter((name) => asked.has(name))
}
