import type { Recipe } from '#core/recipes/recipe.ts'
import type { MetricDefinition } from '#engine/runfile/runFile.ts'
import type { ProbeName } from '../trainer.ts'
import { sketchSeed } from './weightSketch.ts'

function scalar(name: string, description: string, unit = ''): MetricDefinition {
  return { name, kind: 'scalar', dimension: 1, unit, description, role: null }
}

const everyStepMetrics: readonly MetricDefinition[] = [
  scalar(
    'train/loss',
    'Mean loss of the training batch before the step, without weight decay; of the whole function for an analytic problem.',
    'nats',
  ),
  scalar('train/learning_rate', 'η of the step.'),
  scalar('train/stochastic_gradient_norm_squared', '‖g‖², g including weight decay.'),
  scalar('train/weights_dot_gradient', 'θ·g before the step, g including weight decay.'),
  scalar('train/weights_dot_update', "θ·Δ with Δ = θ' − θ as made."),
  scalar('train/update_norm_squared', '‖Δ‖².'),
  scalar(
    'train/buffer_norm_squared',
    '‖v‖² of the momentum buffer before the step; without momentum v is the previous g.',
  ),
  scalar('train/weight_norm_squared', '‖θ‖² before the step.'),
  scalar(
    'train/gradient_dot_buffer',
    'g·v with the momentum buffer before the step; without momentum the product of consecutive gradients (Pflug), 0 at step 0.',
  ),
]

const nesterovMetrics: readonly MetricDefinition[] = [
  scalar(
    'train/direction_norm_squared',
    "‖u‖² of the direction u = g + μv' that Nesterov's step subtracts, θ' = θ − ηu.",
  ),
  scalar('train/direction_dot_next_buffer', "u·v' with the momentum buffer after the step."),
]

/** Recorded at every step. g is the gradient as fed to the optimizer, weight decay included. */
export function stepMetrics({ optimizer }: Recipe): MetricDefinition[] {
  return optimizer.nesterov ? [...everyStepMetrics, ...nesterovMetrics] : [...everyStepMetrics]
}

const fullGradientMetrics = [
  scalar('probe/loss', 'Exact loss over the training set, without weight decay.', 'nats'),
  scalar('probe/accuracy', 'Share of training examples classified as labelled.'),
  scalar('probe/gradient_norm', '‖∇f‖ by an exact pass over the training set, without weight decay.'),
  scalar('probe/gradient_norm_squared_with_decay', '‖∇f + λθ‖², exact.'),
]

const gradientNoiseMetrics = [
  scalar(
    'probe/gradient_norm_squared',
    'Unbiased ‖∇f‖² from independent batches, without weight decay; may be negative.',
  ),
  scalar('probe/gradient_norm_squared_standard_error', 'Jackknife standard error.'),
  scalar('probe/noise_trace', 'tr Σ: trace of the covariance of one batch gradient, unbiased.'),
  scalar('probe/noise_trace_standard_error', 'Jackknife standard error.'),
  scalar('probe/noise_scale', 'B·tr Σ/‖∇f‖² from the two estimates; negative where that of ‖∇f‖² is.', 'examples'),
  scalar('probe/stochastic_gradient_norm_squared', 'Mean ‖g‖² of the independent batches, without weight decay.'),
]

const sharpnessMetrics = [
  scalar(
    'probe/sharpness',
    'Largest Hessian eigenvalue of f on fixed training examples, by Lanczos; add λ for the decayed objective.',
  ),
  scalar('probe/sharpness_residual', '‖Hq − λq‖ of the largest: error bar of the eigenvalue.'),
  scalar('probe/lambda_min', 'Smallest Hessian eigenvalue of f.'),
  scalar('probe/lambda_min_residual', '‖Hq − λq‖ of the smallest: error bar of the eigenvalue.'),
  scalar('probe/directional_sharpness', '∇fᵀH∇f/‖∇f‖².'),
]

const spectrumScalars = [
  scalar('probe/hessian_trace', 'tr H of f on fixed training examples, by stochastic Lanczos quadrature.'),
  scalar('probe/hessian_trace_standard_error', 'Standard error over the starts.'),
]

const balanceMetrics = [
  scalar('probe/gradient_norm_squared_with_decay', '‖∇f + λθ‖², exact.'),
  scalar('probe/gradient_hessian_form', '∇FᵀH∇F of F = f + λ/2‖θ‖², exact gradient.'),
  scalar('probe/stochastic_gradient_hessian_form', 'E gᵀHg of F, gradient and Hessian from independent batches.'),
  scalar('probe/stochastic_gradient_hessian_form_standard_error', 'Standard error over the pairs of batches.'),
  scalar('probe/batch_sharpness', 'E gᵀH_b g/E‖g‖² of F, gradient and Hessian from the same batch.'),
  scalar('probe/batch_sharpness_standard_error', 'Standard error of this ratio over the batches (delta method).'),
  scalar('probe/gradient_dot_next_buffer', "∇F·d in expectation over the next batch; the step is θ' = θ − ηd."),
  scalar('probe/next_buffer_hessian_form', 'dᵀHd of F in expectation over the next batch.'),
]

const validationMetrics = [
  scalar('validation/loss', 'Mean loss of the held-out examples.', 'nats'),
  scalar('validation/accuracy', 'Share of held-out examples classified right.'),
]

/** Definitions of the scalars that a probe records, for a network with these layers; an analytic problem has none. */
export function probeMetrics(probe: ProbeName, layerNames: readonly string[]): MetricDefinition[] {
  const perLayer = layerNames.flatMap((layer) => [
    scalar(`probe/layer/${layer}/gradient_norm`, `‖∇f‖ of layer ${layer}, exact.`),
    scalar(`probe/layer/${layer}/weight_norm`, `‖θ‖ of layer ${layer}.`),
    scalar(
      `probe/layer/${layer}/weights_dot_gradient`,
      `θ·∇f of layer ${layer}, exact; 0 for scale-invariant weights.`,
    ),
  ])
  const noisePerLayer = layerNames.map((layer) =>
    scalar(
      `probe/layer/${layer}/stochastic_gradient_norm_squared`,
      `Mean ‖g‖² of layer ${layer} over independent batches, without weight decay.`,
    ),
  )
  const metrics: Record<ProbeName, MetricDefinition[]> = {
    full_gradient: [...fullGradientMetrics, ...perLayer],
    gradient_noise: [...gradientNoiseMetrics, ...noisePerLayer],
    sharpness: sharpnessMetrics,
    spectral_density: spectrumScalars,
    balance: balanceMetrics,
    validation: validationMetrics,
    sketch: [],
  }
  return metrics[probe]
}

/** Spectral quadratures of the Hessian: `starts` blocks of `nodes` numbers. */
export function spectrumMetrics(starts: number, nodes: number): MetricDefinition[] {
  const shape = `[${starts}, ${nodes}] row by row`
  const vector = (name: string, description: string): MetricDefinition => ({
    name,
    kind: 'vector',
    dimension: starts * nodes,
    unit: '',
    description,
    role: null,
  })
  return [
    vector('probe/ritz_values', `Ritz values of the Hessian of f from each start, ascending, ${shape}.`),
    vector('probe/ritz_weights', `Share of the eigenvalues that each Ritz value stands for, 1 per start, ${shape}.`),
  ]
}

export function weightSketchMetric(dimension: number, isProjection: boolean): MetricDefinition {
  const description = isProjection
    ? `Weights on ${dimension} fixed Gaussian directions of unit variance, seed ${sketchSeed}.`
    : 'The weights themselves.'
  return { name: 'sketch/weights', kind: 'vector', dimension, unit: '', description, role: null }
}

export function functionSketchMetric(exampleCount: number, classCount: number): MetricDefinition {
  const description = `Logits of the first ${exampleCount} held-out examples, [${exampleCount}, ${classCount}] row by row.`
  return {
    name: 'sketch/function',
    kind: 'vector',
    dimension: exampleCount * classCount,
    unit: '',
    description,
    role: null,
  }
}

/** One definition per name, the first wins. */
export function uniqueMetrics(definitions: readonly MetricDefinition[]): MetricDefinition[] {
  return [...new Map(definitions.toReversed().map((definition) => [definition.name, definition])).values()].toReversed()
}
