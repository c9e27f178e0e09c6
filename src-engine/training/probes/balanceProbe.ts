import { nextUpdateTerms } from './nextUpdateTerms.ts'
import type { ProbeContext } from './probeContext.ts'
import { dot, normSquared, plusScaled } from './vector.ts'

interface SampleMean {
  mean: number
  standardError: number
}

function sampleMean(values: readonly number[]): SampleMean {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, standardError: Math.sqrt(squares / (values.length - 1) / values.length) }
}

/** gᵀHg with g and H from independent batches: with one batch for both, their common noise would bias it. */
function stochasticForms(context: ProbeContext, batchCount: number): number[] {
  const { loss, weights, settings } = context
  const batches = context.independentBatches('balance', 2 * batchCount)
  const gradient = new Float32Array(loss.parameterCount)
  return Array.from({ length: batchCount }, (_, i) => {
    loss.batchGradient(weights, batches[2 * i] ?? new Int32Array(0), gradient)
    const direction = plusScaled(gradient, settings.weightDecay, weights)
    const product = loss.hessianProduct(weights, direction, batches[2 * i + 1] ?? new Int32Array(0))
    return dot(direction, product) + settings.weightDecay * normSquared(direction)
  })
}

/**
 * The terms of descent against diffusion, of the objective that SGD with coupled weight decay really descends: F = f + λ/2‖θ‖², so ∇F = ∇f + λθ, H = ∇²f + λI.
 * Products with the full gradient and the buffer use all training examples.
 */
export function balanceProbe(context: ProbeContext, batchCount: number): Record<string, number> {
  const { loss, weights, buffer, settings } = context
  const { weightDecay } = settings
  const gradient = plusScaled(context.fullGradient().gradient, weightDecay, weights)
  const everyExample = Int32Array.from({ length: loss.exampleCount }, (_, index) => index)
  const multiply = (vector: Float64Array) =>
    plusScaled(loss.hessianProduct(weights, vector, everyExample), weightDecay, vector)
  const velocity = Float64Array.from(buffer)
  const curvedGradient = multiply(gradient)
  const curvedVelocity = multiply(velocity)
  const stochastic = sampleMean(stochasticForms(context, batchCount))
  const gradientNormSquared = normSquared(gradient)
  const next = nextUpdateTerms(
    {
      gradientNormSquared,
      gradientDotBuffer: dot(gradient, velocity),
      stochasticGradientForm: stochastic.mean,
      gradientBufferForm: dot(velocity, curvedGradient),
      bufferForm: dot(velocity, curvedVelocity),
    },
    settings,
  )
  return {
    'probe/gradient_norm_squared_with_decay': gradientNormSquared,
    'probe/gradient_hessian_form': dot(gradient, curvedGradient),
    'probe/stochastic_gradient_hessian_form': stochastic.mean,
    'probe/stochastic_gradient_hessian_form_standard_error': stochastic.standardError,
    'probe/gradient_dot_next_buffer': next.gradientDotNextBuffer,
    'probe/next_buffer_hessian_form': next.nextBufferForm,
  }
}
