import { nextUpdateTerms } from './nextUpdateTerms.ts'
import type { ProbeContext } from './probeContext.ts'
import { dot, normSquared, plusScaled } from '#core/linearAlgebra/vector.ts'

interface SampleMean {
  mean: number
  standardError: number
}

function sampleMean(values: readonly number[]): SampleMean {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, standardError: Math.sqrt(squares / (values.length - 1) / values.length) }
}

/** Of one batch gradient g of F. */
interface BatchForms {
  /** gᵀHg with H of an independent batch: with one batch for both, their common noise would bias E gᵀHg. */
  independent: number
  /** gᵀH_b g with the Hessian of the gradient's own batch. */
  own: number
  /** ‖g‖². */
  normSquared: number
}

function batchForms(context: ProbeContext, batchCount: number): BatchForms[] {
  const { loss, weights, settings } = context
  const batches = context.independentBatches('balance', 2 * batchCount)
  const gradient = new Float32Array(loss.parameterCount)
  return Array.from({ length: batchCount }, (_, i) => {
    const [own = new Int32Array(0), independent = own] = batches.slice(2 * i, 2 * i + 2)
    loss.batchGradient(weights, own, gradient)
    const direction = plusScaled(gradient, settings.weightDecay, weights)
    const square = normSquared(direction)
    const form = (batch: Int32Array) =>
      dot(direction, loss.hessianProduct(weights, direction, batch)) + settings.weightDecay * square
    return { independent: form(independent), own: form(own), normSquared: square }
  })
}

/** E gᵀH_b g/E‖g‖² as a ratio of means (Andreyev & Beneventano 2024); standard error by linearisation (Cochran 1977, eq. 2.39). */
function batchSharpness(forms: readonly BatchForms[]): SampleMean {
  const square = sampleMean(forms.map((each) => each.normSquared)).mean
  const ratio = sampleMean(forms.map((each) => each.own)).mean / square
  const { standardError } = sampleMean(forms.map((each) => (each.own - ratio * each.normSquared) / square))
  return { mean: ratio, standardError }
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
  const forms = batchForms(context, batchCount)
  const stochastic = sampleMean(forms.map((each) => each.independent))
  const sharpness = batchSharpness(forms)
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
    'probe/batch_sharpness': sharpness.mean,
    'probe/batch_sharpness_standard_error': sharpness.standardError,
    'probe/gradient_dot_next_buffer': next.gradientDotNextBuffer,
    'probe/next_buffer_hessian_form': next.nextBufferForm,
  }
}
