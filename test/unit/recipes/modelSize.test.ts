import { expect, it } from 'vitest'
import { parameterCount } from '#core/recipes/modelSize.ts'
import { parseRecipe } from '#core/recipes/parseRecipe.ts'

it.each([
  // 784-32-32-10 has 26 506 parameters.
  ['data: { kind: mnist }\nmodel: { kind: mlp, hidden: [32, 32] }\nsteps: 1', 26_506],
  [
    'data: { kind: mnist, downsample: 2 }\nmodel: { kind: mlp, hidden: [32, 32] }\nsteps: 1',
    196 * 32 + 32 + 32 * 32 + 32 + 32 * 10 + 10,
  ],
  // 28 -> 14 -> 7 pixels a side.
  [
    'data: { kind: mnist }\nmodel: { kind: cnn, channels: [8, 16], kernel_size: 3 }\nsteps: 1',
    8 * 9 + 8 + 16 * 8 * 9 + 16 + 16 * 49 * 10 + 10,
  ],
  ['problem: { kind: quadratic, curvature: [1, 2, 3] }\nsteps: 1', 3],
  ['problem: { kind: double_well }\nsteps: 1', 1],
])('%s', (yaml, expected) => {
  const parsed = parseRecipe(`${yaml}\noptimizer: { learning_rate: 0.1 }`)
  expect('recipe' in parsed && parameterCount(parsed.recipe)).toBe(expected)
})
