import { describe, expect, it } from 'vitest'
import { problemRecipeSchema } from '#core/recipes/recipe.ts'
import { createTrainer } from '#engine/training/createTrainer.ts'
import type { Trainer } from '#engine/training/trainer.ts'
import { quadraticRecipe } from '../recipes.ts'

/** Mean and its standard error by 20 batches, which span many autocorrelation times here. */
function meanWithError(values: readonly number[]): { mean: number; error: number } {
  const batchCount = 20
  const length = Math.floor(values.length / batchCount)
  const means = Array.from(
    { length: batchCount },
    (_, i) => values.slice(i * length, (i + 1) * length).reduce((sum, value) => sum + value, 0) / length,
  )
  const mean = means.reduce((sum, value) => sum + value, 0) / batchCount
  const variance = means.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (batchCount - 1)
  return { mean, error: Math.sqrt(variance / batchCount) }
}

function record(trainer: Trainer, transient: number, steps: number, pick: (trainer: Trainer) => number): number[] {
  for (let i = 0; i < transient; i += 1) trainer.step()
  return Array.from({ length: steps }, () => {
    const value = pick(trainer)
    trainer.step()
    return value
  })
}

function scalar(trainer: Trainer, probe: 'full_gradient' | 'balance', name: string): number {
  return trainer.probe([probe]).scalars[name] ?? Number.NaN
}

describe('SGD on a quadratic (q1)', () => {
  it('has the stationary loss ησ²/(2(2−ηh)) and gradient norm of theory within 4 standard errors', async () => {
    const trainer = await createTrainer(quadraticRecipe(), 1)
    const gap = meanWithError(
      record(trainer, 500, 40_000, (at) => scalar(at, 'full_gradient', 'probe/gradient_norm') ** 2),
    )
    expect(Math.abs(gap.mean - 0.0526316)).toBeLessThan(4 * gap.error)
    expect(gap.error).toBeLessThan(0.003)
  })

  it.each([
    ['heavy ball with decay', { learning_rate: 0.05, momentum: 0.9, nesterov: false, weight_decay: 0.05 }],
    ['Nesterov', { learning_rate: 0.05, momentum: 0.8, nesterov: true, weight_decay: 0 }],
    ['plain SGD', { learning_rate: 0.1, momentum: 0, nesterov: false, weight_decay: 0 }],
  ])('%s: descent and diffusion of the next step cancel', async (_name, optimizer) => {
    const recipe = quadraticRecipe({
      problem: { kind: 'quadratic', curvature: [0.3, 1, 3], noise: 1, start: 0 },
      optimizer: { kind: 'sgd', ...optimizer },
    })
    const trainer = await createTrainer(recipe, 2)
    const rate = optimizer.learning_rate
    const terms = record(trainer, 1000, 40_000, (at) => {
      const { scalars } = at.probe(['balance'])
      const descent = -rate * (scalars['probe/gradient_dot_next_buffer'] ?? Number.NaN)
      return descent + 0.5 * rate * rate * (scalars['probe/next_buffer_hessian_form'] ?? Number.NaN)
    })
    const net = meanWithError(terms)
    expect(Math.abs(net.mean)).toBeLessThan(4 * net.error)
  })

  it('heavy ball: the momentum-corrected balance is zero where the effective-rate form is not', async () => {
    const rate = 0.05
    const momentum = 0.9
    const recipe = quadraticRecipe({
      problem: { kind: 'quadratic', curvature: [0.3, 1, 3, 10], noise: 1, start: 0 },
      optimizer: { kind: 'sgd', learning_rate: rate, momentum, weight_decay: 0.1 },
    })
    const trainer = await createTrainer(recipe, 3)
    const effective = rate / (1 - momentum)
    const naive: number[] = []
    const corrected = record(trainer, 1000, 60_000, (at) => {
      const { scalars } = at.probe(['balance'])
      const gap = scalars['probe/gradient_norm_squared_with_decay'] ?? Number.NaN
      const exact = scalars['probe/gradient_hessian_form'] ?? Number.NaN
      const stochastic = scalars['probe/stochastic_gradient_hessian_form'] ?? Number.NaN
      naive.push(-gap + (effective / 2) * stochastic)
      return -gap + (effective / 2) * (stochastic - exact + ((1 - momentum) / (1 + momentum)) * exact)
    })
    const sum = meanWithError(corrected)
    expect(Math.abs(sum.mean)).toBeLessThan(4 * sum.error)
    const wrong = meanWithError(naive)
    expect(Math.abs(wrong.mean)).toBeGreaterThan(10 * wrong.error)
  })

  it('plain SGD: consecutive gradients have the mean product −E‖∇f‖² (Pflug)', async () => {
    const trainer = await createTrainer(quadraticRecipe(), 4)
    const steps = Array.from(
      { length: 60_000 },
      () => trainer.step().scalars['train/gradient_dot_buffer'] ?? Number.NaN,
    )
    const product = meanWithError(steps.slice(1000))
    expect(steps[0]).toBe(0)
    expect(Math.abs(product.mean + 0.0526316)).toBeLessThan(4 * product.error)
    expect(product.error).toBeLessThan(0.01)
  })

  it('Nesterov: the first fluctuation-dissipation relation holds with the recorded ‖u‖² and u·v′', async () => {
    const optimizer = { kind: 'sgd', learning_rate: 0.05, momentum: 0.8, nesterov: true, weight_decay: 0.1 }
    const trainer = await createTrainer(quadraticRecipe({ optimizer, problem: { kind: 'quadratic', noise: 1 } }), 4)
    for (let i = 0; i < 1000; i += 1) trainer.step()
    const steps = Array.from({ length: 60_000 }, () => trainer.step().scalars)
    const mean = (name: string) => steps.reduce((sum, step) => sum + (step[name] ?? Number.NaN), 0) / steps.length
    const dissipation =
      0.025 * (1 - 0.8) * mean('train/direction_norm_squared') +
      0.8 ** 2 * 0.05 * mean('train/direction_dot_next_buffer')
    expect(mean('train/weights_dot_gradient') / dissipation).toBeCloseTo(1, 2)
    // The form for heavy ball is another number here: the test can tell them apart.
    expect(mean('train/weights_dot_gradient') / (0.025 * 1.8 * mean('train/buffer_norm_squared'))).not.toBeCloseTo(1, 1)
    expect(2 * mean('train/weights_dot_update') + mean('train/update_norm_squared')).toBeCloseTo(0, 3)
  })

  it('records the exact spectrum', async () => {
    const recipe = quadraticRecipe({ problem: { kind: 'quadratic', curvature: [3.2, 0.3, 1], noise: 1 } })
    const { scalars, vectors } = (await createTrainer(recipe, 1)).probe(['spectral_density'])
    expect([...(vectors['probe/ritz_values'] ?? [])]).toEqual([0.3, 1, 3.2])
    expect([...(vectors['probe/ritz_weights'] ?? [])]).toEqual([1 / 3, 1 / 3, 1 / 3])
    expect(scalars).toEqual({ 'probe/hessian_trace': 4.5, 'probe/hessian_trace_standard_error': 0 })
  })

  it('has the batch sharpness of closed form: at the minimum the mean curvature, with decay', async () => {
    const recipe = quadraticRecipe({
      problem: { kind: 'quadratic', curvature: [0.3, 1, 3.2], noise: 2, start: 0 },
      optimizer: { kind: 'sgd', learning_rate: 0.1, weight_decay: 0.5 },
    })
    const { scalars } = (await createTrainer(recipe, 1)).probe(['balance'])
    expect(scalars['probe/batch_sharpness']).toBeCloseTo(1.5 + 0.5, 12)
  })

  it('continues from a saved state bit for bit', async () => {
    const whole = await createTrainer(quadraticRecipe(), 5)
    for (let i = 0; i < 15; i += 1) whole.step()
    const state = structuredClone(whole.saveState())
    const resumed = await createTrainer(quadraticRecipe(), 5)
    resumed.restoreState(state)
    const next = (trainer: Trainer) => Array.from({ length: 15 }, () => trainer.step())
    expect(next(resumed)).toEqual(next(whole))
  })

  it('records exactly what it defines', async () => {
    const trainer = await createTrainer(quadraticRecipe(), 1)
    const probe = trainer.probe([
      'full_gradient',
      'gradient_noise',
      'sharpness',
      'spectral_density',
      'balance',
      'sketch',
      'validation',
    ])
    const recorded = [
      ...Object.keys(trainer.step().scalars),
      ...Object.keys(probe.scalars),
      ...Object.keys(probe.vectors),
    ]
    expect(recorded.toSorted()).toEqual(trainer.metricDefinitions.map(({ name }) => name).toSorted())
    expect(probe.scalars['probe/sharpness']).toBe(1)
    expect(trainer.hyperparametersAt(0)).toMatchObject({ learningRate: 0.1, batchSize: null })
  })
})

describe('gradient descent on a double well (q6)', () => {
  it('ends in the cycle of closed form: ‖∇f‖ = √(1−1/η)/η at both points', async () => {
    const rate = 1.1
    const recipe = problemRecipeSchema.parse({
      problem: { kind: 'double_well', noise: 0, start: 0.9 },
      optimizer: { kind: 'sgd', learning_rate: rate },
      steps: 600,
      probes: { full_gradient: { every: 1 }, sketch: { every: 1, projections: 1 } },
    })
    const trainer = await createTrainer(recipe, 1)
    for (let i = 0; i < 400; i += 1) trainer.step()
    const norm = Math.sqrt(1 - 1 / rate) / rate
    const points = [0, 1].map(() => {
      const { scalars, vectors } = trainer.probe(['full_gradient', 'sketch'])
      expect(scalars['probe/gradient_norm']).toBeCloseTo(norm, 12)
      trainer.step()
      return vectors['sketch/weights']?.[0] ?? Number.NaN
    })
    expect(points.toSorted((x, y) => x - y)[0]).toBeCloseTo((Math.sqrt(1 + 3 / rate) - Math.sqrt(1 - 1 / rate)) / 2, 12)
    expect((points[0] ?? 0) * (points[1] ?? 0)).toBeCloseTo(1 / rate, 12)
  })
})
