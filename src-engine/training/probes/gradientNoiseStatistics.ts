import { addScaled, dot, normSquared, type Vector } from '#core/linearAlgebra/vector.ts'
import { signalOfSums } from '#core/statistics/gradientSignal.ts'

export interface GradientNoiseStatistics {
  /** Unbiased estimate of ‖∇f‖²; may be negative. */
  gradientNormSquared: number
  gradientNormSquaredStandardError: number
  /** Unbiased estimate of tr Σ, the trace of the covariance of one batch gradient. */
  noiseTrace: number
  noiseTraceStandardError: number
  /** Mean ‖g‖² of one batch gradient. */
  stochasticGradientNormSquared: number
}

/** Standard error of a statistic from its values with one sample left out each (Tukey 1958). NaN where those are undefined. */
function jackknifeStandardError(leftOut: readonly number[]): number {
  const count = leftOut.length
  const centre = leftOut.reduce((sum, value) => sum + value, 0) / count
  const squares = leftOut.reduce((sum, value) => sum + (value - centre) ** 2, 0)
  return Math.sqrt(((count - 1) / count) * squares)
}

/**
 * Signal and noise from m independent batch gradients at the same weights (`signalOfSums`). Standard errors by the jackknife, which is never too small in expectation
 * (Efron & Stein 1981) and up to √2 too large for few gradients that are nearly all noise; NaN for m = 2.
 *
 * @param gradients at least 2 vectors of equal length
 */
export function gradientNoiseStatistics(gradients: readonly Vector[]): GradientNoiseStatistics {
  const m = gradients.length
  const sum = new Float64Array(gradients[0]?.length ?? 0)
  for (const gradient of gradients) addScaled(sum, 1, gradient)
  const norms = gradients.map(normSquared)
  const total = norms.reduce((all, norm) => all + norm, 0)
  const sumNorm = normSquared(sum)
  const leftOut = gradients.map((gradient, i) => {
    const norm = norms[i] ?? 0
    return signalOfSums(sumNorm - 2 * dot(sum, gradient) + norm, total - norm, m - 1)
  })
  const { signal, noise } = signalOfSums(sumNorm, total, m)
  return {
    gradientNormSquared: signal,
    gradientNormSquaredStandardError: jackknifeStandardError(leftOut.map((each) => each.signal)),
    noiseTrace: noise,
    noiseTraceStandardError: jackknifeStandardError(leftOut.map((each) => each.noise)),
    stochasticGradientNormSquared: total / m,
  }
}
