import { gradientNoiseStatistics } from './gradientNoiseStatistics.ts'
import type { ProbeContext } from './probeContext.ts'
import { normSquared, type Vector } from '#core/linearAlgebra/vector.ts'

/** Mean ‖g‖² of each layer's weights. */
function normsByLayer(gradients: readonly Float32Array[], layers: ProbeContext['layers']): Record<string, number> {
  const meanNormSquared = (parts: readonly Vector[]) =>
    parts.reduce((sum, part) => sum + normSquared(part), 0) / parts.length
  return Object.fromEntries(
    layers.map(({ name, from, to }) => [
      `probe/layer/${name}/stochastic_gradient_norm_squared`,
      meanNormSquared(gradients.map((gradient) => gradient.subarray(from, to))),
    ]),
  )
}

/** Unbiased ‖∇f‖² and tr Σ from independent batches, without weight decay. */
export function gradientNoiseProbe(context: ProbeContext, batchCount: number): Record<string, number> {
  const gradients = context.independentBatches('gradient_noise', batchCount).map((indices) => {
    const gradient = new Float32Array(context.loss.parameterCount)
    context.loss.batchGradient(context.weights, indices, gradient)
    return gradient
  })
  const statistics = gradientNoiseStatistics(gradients)
  return {
    'probe/gradient_norm_squared': statistics.gradientNormSquared,
    'probe/gradient_norm_squared_standard_error': statistics.gradientNormSquaredStandardError,
    'probe/noise_trace': statistics.noiseTrace,
    'probe/noise_trace_standard_error': statistics.noiseTraceStandardError,
    'probe/noise_scale': (context.batchSize * statistics.noiseTrace) / statistics.gradientNormSquared,
    'probe/stochastic_gradient_norm_squared': statistics.stochasticGradientNormSquared,
    ...normsByLayer(gradients, context.layers),
  }
}
