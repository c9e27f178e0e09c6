import { learningRateAt } from '#core/recipes/learningRate.ts'
import { plannedSteps } from '#core/recipes/length.ts'
import type { Recipe } from '#core/recipes/recipe.ts'
import { createRandomStream } from '#core/random/randomStream.ts'
import type { ProbeName, Trainer, TrainerState } from '#engine/training/trainer.ts'

export interface QuadraticTrainerOptions {
  /** Computing time of one step, so that a run can be interrupted in its middle. */
  spinMs?: number
  /** Called before each step. */
  onStep?: (step: number) => void
}

function spin(milliseconds: number): void {
  const end = performance.now() + milliseconds
  while (performance.now() < end);
}

/** SGD on ½θ² with Gaussian gradient noise: a trainer without tensors, for tests of what surrounds it. */
export function createQuadraticTrainer(recipe: Recipe, seed: number, options: QuadraticTrainerOptions = {}): Trainer {
  const noise = createRandomStream(seed, 'noise')
  const momentum = recipe.optimizer.momentum
  let theta = 1
  let buffer = 0
  let step = 0
  return {
    parameterCount: 1,
    plannedSteps: plannedSteps(recipe),
    stepsPerEpoch: 0,
    get stepIndex() {
      return step
    },
    metricDefinitions: [
      { name: 'train/loss', kind: 'scalar', dimension: 1, unit: '', description: 'loss', role: null },
    ],
    hyperparametersAt: (at) => ({
      learningRate: learningRateAt(recipe, at),
      momentum,
      nesterov: false,
      weightDecay: 0,
      batchSize: null,
      sampling: 'iid',
    }),
    step() {
      options.onStep?.(step)
      spin(options.spinMs ?? 0)
      const loss = 0.5 * theta * theta
      buffer = momentum * buffer + theta + noise.normal()
      theta -= learningRateAt(recipe, step) * buffer
      step += 1
      return { loss, scalars: { 'train/loss': loss, 'train/learning_rate': learningRateAt(recipe, step - 1) } }
    },
    probe(names: readonly ProbeName[]) {
      const costMs = Object.fromEntries(names.map((name) => [name, 0.5]))
      const vectors: Record<string, Float64Array> = names.includes('sketch')
        ? { 'sketch/weights': Float64Array.of(theta) }
        : {}
      return {
        scalars: names.includes('full_gradient')
          ? { 'probe/loss': 0.5 * theta * theta, 'probe/gradient_norm': Math.abs(theta) }
          : {},
        vectors,
        costMs,
      }
    },
    saveState: (): TrainerState => ({
      manifest: { step, noise: noise.position() },
      buffers: { theta: Float64Array.of(theta), buffer: Float64Array.of(buffer) },
    }),
    restoreState(state) {
      step = Number(state.manifest['step'])
      noise.seek(Number(state.manifest['noise']))
      theta = state.buffers['theta']?.[0] ?? Number.NaN
      buffer = state.buffers['buffer']?.[0] ?? Number.NaN
    },
    dispose() {},
  }
}
