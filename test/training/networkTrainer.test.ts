import { describe, expect, it } from 'vitest'
import { loadTensorEngine } from '#engine/tensor/loadTensorEngine.ts'
import { createTrainer as createFromRecipe } from '#engine/training/createTrainer.ts'
import type { NetworkRecipe } from '#core/recipes/recipe.ts'
import type { Dataset } from '#engine/training/data/examples.ts'
import { loadDataset } from '#engine/training/data/loadDataset.ts'
import { createNetworkTrainer } from '#engine/training/networkTrainer.ts'
import type { StepOutcome, Trainer } from '#engine/training/trainer.ts'
import { tinyNetworkRecipe } from './recipes.ts'

const engine = await loadTensorEngine()
const { operations } = engine
/** Reading the digits takes a second: once per kind of data. */
const datasets = new Map<string, Promise<Dataset>>()

async function createTrainer(recipe: NetworkRecipe, seed: number): Promise<Trainer> {
  const key = JSON.stringify(recipe.data)
  const dataset = datasets.get(key) ?? loadDataset(recipe.data)
  datasets.set(key, dataset)
  return createNetworkTrainer(recipe, seed, engine, await dataset)
}

const allProbes = [
  'full_gradient',
  'gradient_noise',
  'sharpness',
  'spectral_density',
  'balance',
  'validation',
  'sketch',
] as const

function takeSteps(trainer: Trainer, count: number): StepOutcome[] {
  return Array.from({ length: count }, () => trainer.step())
}

const variants = {
  'i.i.d. batches': tinyNetworkRecipe(),
  'reshuffled batches': tinyNetworkRecipe({ sampling: 'reshuffled' }),
  'Nesterov and a schedule': tinyNetworkRecipe({
    optimizer: { kind: 'sgd', learning_rate: 0.1, momentum: 0.9, nesterov: true },
    schedule: { kind: 'steps', milestones: [20], factor: 0.1 },
  }),
  'a convolutional network': tinyNetworkRecipe({ model: { kind: 'cnn', channels: [2, 4] } }),
}

describe.each(Object.entries(variants))('training with %s', (_name, recipe) => {
  it('gives the same bits by the same seed, with and without probes, and other ones by another seed', async () => {
    const plain = await createTrainer(recipe, 4)
    const probed = await createTrainer(recipe, 4)
    const other = await createTrainer(recipe, 5)
    const probedSteps = Array.from({ length: 30 }, (_, step) => {
      if (step % 5 === 0) probed.probe(allProbes)
      return probed.step()
    })
    expect(probedSteps).toEqual(takeSteps(plain, 30))
    expect(probed.saveState().buffers).toEqual(plain.saveState().buffers)
    expect(takeSteps(other, 1)).not.toEqual(probedSteps.slice(0, 1))
  })

  it('continues from a saved state bit for bit, probes included', async () => {
    const whole = await createTrainer(recipe, 6)
    takeSteps(whole, 15)
    const state = structuredClone(whole.saveState())
    const expectedSteps = takeSteps(whole, 15)
    const expectedProbe = whole.probe(allProbes)
    const resumed = await createTrainer(recipe, 6)
    takeSteps(resumed, 3)
    resumed.restoreState(state)
    expect(resumed.stepIndex).toBe(15)
    expect(takeSteps(resumed, 15)).toEqual(expectedSteps)
    const probe = resumed.probe(allProbes)
    expect(probe.scalars).toEqual(expectedProbe.scalars)
    expect(probe.vectors).toEqual(expectedProbe.vectors)
    expect(resumed.saveState()).toEqual(whole.saveState())
  })
})

describe('a network trainer', () => {
  it('keeps the number of tensors constant over steps and probes, and frees them all at the end', async () => {
    const before = operations.tensorCount()
    const trainer = await createTrainer(tinyNetworkRecipe(), 1)
    takeSteps(trainer, 1)
    const held = operations.tensorCount()
    takeSteps(trainer, 10)
    trainer.probe(allProbes)
    expect(operations.tensorCount()).toBe(held)
    trainer.dispose()
    expect(operations.tensorCount()).toBe(before)
  })

  it('defines every metric that it records, and records every one that it defines', async () => {
    const trainer = await createTrainer(tinyNetworkRecipe(), 1)
    const probe = trainer.probe(allProbes)
    const recorded = [
      ...Object.keys(trainer.step().scalars),
      ...Object.keys(probe.scalars),
      ...Object.keys(probe.vectors),
    ]
    expect(recorded.toSorted()).toEqual(trainer.metricDefinitions.map(({ name }) => name).toSorted())
    const vectors = trainer.metricDefinitions.filter(({ kind }) => kind === 'vector')
    expect(vectors.map(({ name }) => probe.vectors[name]?.length)).toEqual(vectors.map(({ dimension }) => dimension))
    expect(Object.keys(probe.costMs).toSorted()).toEqual([...allProbes].toSorted())
  })

  it('takes no probe that the recipe does not have', async () => {
    const trainer = await createTrainer(tinyNetworkRecipe({ probes: { validation: {} } }), 1)
    expect(Object.keys(trainer.probe(allProbes).scalars)).toEqual(['validation/loss', 'validation/accuracy'])
  })

  it('measures the noise trace that its own training set has', async () => {
    const recipe = tinyNetworkRecipe({
      probes: { full_gradient: {}, gradient_noise: { batches: 200 } },
      batch_size: 10,
    })
    const trainer = await createTrainer(recipe, 3)
    const { scalars } = trainer.probe(['full_gradient', 'gradient_noise'])
    // Independent batches of 10: E‖g‖² = ‖∇f‖² + tr Σ with the exact gradient of the same objective.
    const exact = (scalars['probe/gradient_norm'] ?? Number.NaN) ** 2
    const trace = (scalars['probe/stochastic_gradient_norm_squared'] ?? Number.NaN) - exact
    const error = scalars['probe/noise_trace_standard_error'] ?? Number.NaN
    expect(Math.abs((scalars['probe/noise_trace'] ?? Number.NaN) - trace)).toBeLessThan(4 * error)
    const gapError = scalars['probe/gradient_norm_squared_standard_error'] ?? Number.NaN
    expect(Math.abs((scalars['probe/gradient_norm_squared'] ?? Number.NaN) - exact)).toBeLessThan(4 * gapError)
  })

  it('splits norms and θ·∇f by layer', async () => {
    const optimizer = { kind: 'sgd', learning_rate: 0.1, momentum: 0 }
    const trainer = await createTrainer(tinyNetworkRecipe({ optimizer, sampling: 'reshuffled', batch_size: 200 }), 2)
    takeSteps(trainer, 3)
    const { scalars } = trainer.probe(['full_gradient', 'gradient_noise'])
    // One batch holds all examples: the step's own gradient is the full one.
    const step = trainer.step().scalars
    const sum = (suffix: string, power = 1) =>
      Object.entries(scalars)
        .filter(([name]) => name.startsWith('probe/layer/') && name.endsWith(`/${suffix}`))
        .reduce((total, [, value]) => total + value ** power, 0)
    const ratio = (part: number, whole: number | undefined) => part / (whole ?? Number.NaN)
    expect(ratio(sum('weights_dot_gradient'), step['train/weights_dot_gradient'])).toBeCloseTo(1, 4)
    expect(ratio(sum('weight_norm', 2), step['train/weight_norm_squared'])).toBeCloseTo(1, 6)
    expect(ratio(sum('gradient_norm', 2), step['train/stochastic_gradient_norm_squared'])).toBeCloseTo(1, 4)
    const noise = scalars['probe/stochastic_gradient_norm_squared']
    expect(ratio(sum('stochastic_gradient_norm_squared'), noise)).toBeCloseTo(1, 6)
  })

  it('measures a higher curvature along a batch gradient with its own Hessian than with an independent one', async () => {
    const optimizer = { kind: 'sgd', learning_rate: 0.1, momentum: 0 }
    const probes = { balance: { batches: 400 }, gradient_noise: { batches: 400 } }
    const trainer = await createTrainer(tinyNetworkRecipe({ optimizer, probes, batch_size: 2 }), 2)
    takeSteps(trainer, 100)
    const { scalars } = trainer.probe(['balance', 'gradient_noise'])
    const value = (name: string) => scalars[name] ?? Number.NaN
    const square = value('probe/stochastic_gradient_norm_squared')
    const independent = value('probe/stochastic_gradient_hessian_form') / square
    const error = value('probe/stochastic_gradient_hessian_form_standard_error') / square
    const own = value('probe/batch_sharpness')
    expect(own - independent).toBeGreaterThan(4 * Math.hypot(value('probe/batch_sharpness_standard_error'), error))
  })

  it('adds λθ to the gradient with weight decay: one step differs by −ηλθ', async () => {
    const decay = 0.05
    const optimizer = { kind: 'sgd', learning_rate: 0.1, momentum: 0 }
    const plain = await createTrainer(tinyNetworkRecipe({ optimizer }), 2)
    const decayed = await createTrainer(tinyNetworkRecipe({ optimizer: { ...optimizer, weight_decay: decay } }), 2)
    const start = plain.saveState().buffers['weights'] ?? new Float32Array()
    plain.step()
    decayed.step()
    const without = plain.saveState().buffers['weights'] ?? new Float32Array()
    const withDecay = decayed.saveState().buffers['weights'] ?? new Float32Array()
    withDecay.forEach((weight, i) =>
      expect(weight).toBeCloseTo((without[i] ?? Number.NaN) - 0.1 * decay * (start[i] ?? Number.NaN), 6),
    )
  })

  it('lowers the loss on real digits', async () => {
    const recipe = tinyNetworkRecipe({ steps: 300, data: { kind: 'mnist', train_count: 500, downsample: 4 } })
    const trainer = await createTrainer(recipe, 1)
    const before = trainer.probe(['full_gradient']).scalars
    takeSteps(trainer, 300)
    const after = trainer.probe(['full_gradient']).scalars
    expect(before['probe/loss']).toBeGreaterThan(2)
    expect(after['probe/loss']).toBeLessThan(1)
    expect(after['probe/accuracy']).toBeGreaterThan(0.7)
  })

  it('refuses a checkpoint of another experiment', async () => {
    const other = await createTrainer(tinyNetworkRecipe({ model: { kind: 'mlp', hidden: [9] } }), 1)
    const trainer = await createTrainer(tinyNetworkRecipe(), 1)
    expect(() => trainer.restoreState(other.saveState())).toThrow(/weights has \d+ numbers/)
  })

  it('reports the loss of a diverging run as it is', async () => {
    const optimizer = { kind: 'sgd', learning_rate: 1000, momentum: 0.9, weight_decay: 1 }
    const trainer = await createTrainer(tinyNetworkRecipe({ optimizer }), 1)
    expect(takeSteps(trainer, 60).some(({ loss }) => !Number.isFinite(loss))).toBe(true)
    expect(Number.isFinite(trainer.probe(['sharpness']).scalars['probe/sharpness'])).toBe(false)
  })

  it('is made from a recipe with the data set that it names', async () => {
    const trainer = await createFromRecipe(tinyNetworkRecipe(), 1)
    expect(trainer.parameterCount).toBe(49 * 8 + 8 + 8 * 10 + 10)
    expect(trainer.stepsPerEpoch).toBe(10)
  })
})
