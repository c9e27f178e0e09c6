import { createRandomStream } from '#core/random/randomStream.ts'
import { plannedSteps } from '#core/recipes/length.ts'
import type { ProblemRecipe } from '#core/recipes/recipe.ts'
import { settingsAt } from '../optimizers/settingsAt.ts'
import { sgdStep } from '../optimizers/sgd.ts'
import { measureProbes } from '../probes/measureProbes.ts'
import {
  probeMetrics,
  spectrumMetrics,
  stepMetrics,
  uniqueMetrics,
  weightSketchMetric,
} from '../probes/metricDefinitions.ts'
import { probeNames } from '../probes/probeNames.ts'
import { manifestNumber, restoreBuffer } from '../stateBuffer.ts'
import { stepScalars } from '../stepScalars.ts'
import type { Trainer } from '../trainer.ts'
import { doubleWell } from './doubleWell.ts'
import type { Problem } from './problem.ts'
import { takeProblemProbe } from './problemProbes.ts'
import { quadratic } from './quadratic.ts'

/** What a data set would have to be there for. */
const dataMetrics = new Set([
  'probe/accuracy',
  'probe/noise_scale',
  'probe/stochastic_gradient_hessian_form_standard_error',
  'probe/batch_sharpness_standard_error',
])

function createProblem({ problem }: ProblemRecipe): Problem {
  return problem.kind === 'quadratic'
    ? quadratic(problem.curvature, problem.noise, problem.start)
    : doubleWell(problem.noise, problem.start)
}

function problemMetrics(recipe: ProblemRecipe, dimension: number) {
  const asked = probeNames(recipe)
  const scalars = [...stepMetrics(recipe), ...asked.flatMap((name) => probeMetrics(name, []))].filter(
    ({ name }) => !dataMetrics.has(name),
  )
  return uniqueMetrics([
    ...scalars,
    ...(asked.includes('sketch') ? [weightSketchMetric(dimension, false)] : []),
    ...(asked.includes('spectral_density') ? spectrumMetrics(1, dimension) : []),
  ])
}

/** SGD on an analytic problem, in double precision: `train/loss` is the loss of the whole function, and every probe is exact. */
export function createProblemTrainer(recipe: ProblemRecipe, seed: number): Trainer {
  const problem = createProblem(recipe)
  const noise = createRandomStream(seed, 'noise')
  const weights = problem.start.slice()
  const buffer = new Float64Array(problem.dimension)
  const asked = new Set(probeNames(recipe))
  let stepIndex = 0
  return {
    parameterCount: problem.dimension,
    plannedSteps: plannedSteps(recipe),
    stepsPerEpoch: 0,
    get stepIndex() {
      return stepIndex
    },
    metricDefinitions: problemMetrics(recipe, problem.dimension),
    hyperparametersAt: (step) => ({
      ...settingsAt(recipe, step),
      batchSize: null,
      sampling: problem.noise > 0 ? 'iid' : null,
    }),
    step: () => {
      const settings = settingsAt(recipe, stepIndex)
      const loss = problem.loss(weights)
      const gradient = problem
        .gradient(weights)
        .map((slope) => (problem.noise > 0 ? slope + problem.noise * noise.normal() : slope))
      const scalars = stepScalars(loss, settings, sgdStep(weights, buffer, gradient, settings))
      stepIndex += 1
      return { loss, scalars }
    },
    probe: (names) =>
      measureProbes(names, (name) =>
        asked.has(name)
          ? takeProblemProbe(name, { problem, weights, buffer, settings: settingsAt(recipe, stepIndex) })
          : null,
      ),
    saveState: () => ({
      manifest: { kind: 'problem', stepIndex, randomPosition: noise.position() },
      buffers: { weights: weights.slice(), buffer: buffer.slice() },
    }),
    restoreState: (state) => {
      restoreBuffer(state, 'weights', weights)
      restoreBuffer(state, 'buffer', buffer)
      noise.seek(manifestNumber(state, 'randomPosition'))
      stepIndex = manifestNumber(state, 'stepIndex')
    },
    dispose: () => undefined,
  }
}
