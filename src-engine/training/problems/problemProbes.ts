import type { SgdSettings } from '../optimizers/sgd.ts'
import { spectrumReading } from '../probes/spectralDensityProbe.ts'
import type { ProbeReading } from '../probes/measureProbes.ts'
import { nextUpdateTerms } from '../probes/nextUpdateTerms.ts'
import { dot, normSquared, plusScaled } from '#core/linearAlgebra/vector.ts'
import type { ProbeName } from '../trainer.ts'
import type { Problem } from './problem.ts'

interface ProblemState {
  problem: Problem
  weights: Float64Array
  buffer: Float64Array
  settings: SgdSettings
}

function fullGradient({ problem, weights, settings }: ProblemState): Record<string, number> {
  const gradient = problem.gradient(weights)
  return {
    'probe/loss': problem.loss(weights),
    'probe/gradient_norm': Math.sqrt(normSquared(gradient)),
    'probe/gradient_norm_squared_with_decay': normSquared(plusScaled(gradient, settings.weightDecay, weights)),
  }
}

function gradientNoise({ problem, weights }: ProblemState): Record<string, number> {
  const gap = normSquared(problem.gradient(weights))
  const trace = problem.dimension * problem.noise ** 2
  return {
    'probe/gradient_norm_squared': gap,
    'probe/gradient_norm_squared_standard_error': 0,
    'probe/noise_trace': trace,
    'probe/noise_trace_standard_error': 0,
    'probe/stochastic_gradient_norm_squared': gap + trace,
  }
}

function sharpness({ problem, weights }: ProblemState): Record<string, number> {
  const diagonal = problem.hessianDiagonal(weights)
  const gradient = problem.gradient(weights)
  return {
    'probe/sharpness': diagonal.reduce((largest, h) => Math.max(largest, h), Number.NEGATIVE_INFINITY),
    'probe/sharpness_residual': 0,
    'probe/lambda_min': diagonal.reduce((smallest, h) => Math.min(smallest, h), Number.POSITIVE_INFINITY),
    'probe/lambda_min_residual': 0,
    'probe/directional_sharpness':
      dot(
        gradient,
        diagonal.map((h, i) => h * (gradient[i] ?? 0)),
      ) / normSquared(gradient),
  }
}

/** The eigenvalues themselves, each with its equal share: one quadrature without error. */
function spectrum({ problem, weights }: ProblemState): ProbeReading {
  const nodes = Float64Array.from(problem.hessianDiagonal(weights)).sort()
  const trace = nodes.reduce((sum, h) => sum + h, 0)
  const shares = nodes.map(() => 1 / nodes.length)
  return spectrumReading([{ nodes, weights: shares }], { mean: trace, standardError: 0 }, nodes.length)
}

function balance({ problem, weights, buffer, settings }: ProblemState): Record<string, number> {
  const diagonal = problem.hessianDiagonal(weights).map((h) => h + settings.weightDecay)
  const gradient = plusScaled(problem.gradient(weights), settings.weightDecay, weights)
  const form = (a: Float64Array, b: Float64Array) =>
    diagonal.reduce((sum, h, i) => sum + h * (a[i] ?? 0) * (b[i] ?? 0), 0)
  const gradientForm = form(gradient, gradient)
  const stochasticGradientForm = gradientForm + problem.noise ** 2 * diagonal.reduce((sum, h) => sum + h, 0)
  const gradientNormSquared = normSquared(gradient)
  const next = nextUpdateTerms(
    {
      gradientNormSquared,
      gradientDotBuffer: dot(gradient, buffer),
      stochasticGradientForm,
      gradientBufferForm: form(gradient, buffer),
      bufferForm: form(buffer, buffer),
    },
    settings,
  )
  return {
    'probe/gradient_norm_squared_with_decay': gradientNormSquared,
    'probe/gradient_hessian_form': gradientForm,
    'probe/stochastic_gradient_hessian_form': stochasticGradientForm,
    // The noise is added to the gradient: every batch has the Hessian of the whole function.
    'probe/batch_sharpness': stochasticGradientForm / (gradientNormSquared + problem.dimension * problem.noise ** 2),
    'probe/gradient_dot_next_buffer': next.gradientDotNextBuffer,
    'probe/next_buffer_hessian_form': next.nextBufferForm,
  }
}

/** The probes of an analytic problem are exact expectations: no batch is drawn. Null for those that need a data set. */
export function takeProblemProbe(name: ProbeName, state: ProblemState): ProbeReading | null {
  switch (name) {
    case 'full_gradient':
      return { scalars: fullGradient(state) }
    case 'gradient_noise':
      return { scalars: gradientNoise(state) }
    case 'sharpness':
      return { scalars: sharpness(state) }
    case 'spectral_density':
      return spectrum(state)
    case 'balance':
      return { scalars: balance(state) }
    case 'sketch':
      return { vectors: { 'sketch/weights': state.weights.slice() } }
    case 'validation':
      return null
  }
}
