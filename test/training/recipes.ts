import type { NetworkRecipe, ProblemRecipe } from '#core/recipes/recipe.ts'
import { networkRecipeSchema, problemRecipeSchema } from '#core/recipes/recipe.ts'

const allProbes = {
  full_gradient: { every: 5 },
  gradient_noise: { every: 5, batches: 4 },
  sharpness: { every: 10, iterations: 5, examples: 50 },
  spectral_density: { every: 15, iterations: 10, starts: 2, examples: 50 },
  balance: { every: 10, batches: 3 },
  validation: { every: 10 },
  sketch: { every: 5, projections: 4, examples: 3 },
}

/** A network small enough to train in a test: 200 digits of 7 x 7, and every probe. */
export function tinyNetworkRecipe(changes: Record<string, unknown> = {}): NetworkRecipe {
  return networkRecipeSchema.parse({
    data: { kind: 'mnist', train_count: 200, validation_count: 50, label_noise: 0.2, downsample: 4 },
    model: { kind: 'mlp', hidden: [8] },
    optimizer: { kind: 'sgd', learning_rate: 0.1, momentum: 0.9, weight_decay: 1e-3 },
    batch_size: 20,
    steps: 30,
    probes: allProbes,
    ...changes,
  })
}

export function quadraticRecipe(changes: Record<string, unknown> = {}): ProblemRecipe {
  const { validation: _, ...probes } = allProbes
  return problemRecipeSchema.parse({
    problem: { kind: 'quadratic', curvature: [1], noise: 1, start: 0 },
    optimizer: { kind: 'sgd', learning_rate: 0.1 },
    steps: 1000,
    probes,
    ...changes,
  })
}
