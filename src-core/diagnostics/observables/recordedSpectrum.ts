import type { SpectralQuadrature } from '../../statistics/spectralQuadrature.ts'
import type { VectorSeries } from './observables.ts'

/** The spectral quadratures of the Hessian that were recorded at one step. */
export interface RecordedSpectrum {
  readonly step: number
  /** One per random start. */
  readonly quadratures: readonly SpectralQuadrature[]
}

/** How far the weights of all starts may be from a whole number: rounding of those who wrote them. */
const tolerance = 1e-3

/**
 * Reads row `row` of the roles `ritz_values` and `ritz_weights`: blocks of equal length, one per start, whose weights sum to 1 each. The number of starts follows from
 * the sum of all weights.
 *
 * @returns the spectrum, or why there is none
 */
export function recordedSpectrum(values: VectorSeries, weights: VectorSeries, row: number): RecordedSpectrum | string {
  const step = values.steps[row] ?? Number.NaN
  const weightRow = weights.steps.indexOf(step)
  if (weightRow < 0) return `ritz_values has step ${step}, ritz_weights has not`
  const { dimension } = values
  if (weights.dimension !== dimension)
    return `ritz_values has ${dimension} components, ritz_weights has ${weights.dimension}`
  const nodes = values.values.subarray(row * dimension, (row + 1) * dimension)
  const shares = weights.values.subarray(weightRow * dimension, (weightRow + 1) * dimension)
  if (!nodes.every(Number.isFinite) || !shares.every(Number.isFinite))
    return `the spectrum at step ${step} is not finite`
  const total = shares.reduce((sum, share) => sum + share, 0)
  const starts = Math.round(total)
  if (starts < 1 || Math.abs(total - starts) > tolerance * starts || dimension % starts !== 0)
    return `the ritz_weights at step ${step} sum to ${total.toPrecision(4)}; those of each start must sum to 1`
  const size = dimension / starts
  const block = (of: Float64Array, i: number) => of.subarray(i * size, (i + 1) * size)
  return {
    step,
    quadratures: Array.from({ length: starts }, (_, i) => ({ nodes: block(nodes, i), weights: block(shares, i) })),
  }
}
