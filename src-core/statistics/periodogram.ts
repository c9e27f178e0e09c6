import { powerOfTwoFrom } from './autocovariance.ts'
import { fourierTransform } from './fourierTransform.ts'

export interface Periodogram {
  /** Cycles per recorded point, in (0, 0.5]. */
  readonly frequencies: Float64Array
  /** Power at each frequency; sums to 1. */
  readonly shares: Float64Array
}

/** Points that the periodogram of `count` points uses: the largest power of two. */
export function spectrumLength(count: number): number {
  return powerOfTwoFrom(count + 1) / 2
}

/**
 * Periodogram of a series after removal of its linear trend, normalised to sum 1. A frequency that is no multiple of 1/n leaks into its neighbours.
 * The last power-of-two many points are used, so the resolution is between 1/n and 2/n.
 *
 * @returns empty arrays for fewer than 8 points; NaN shares for a constant or non-finite series
 */
export function periodogram(values: Float64Array): Periodogram {
  if (values.length < 8) return { frequencies: new Float64Array(), shares: new Float64Array() }
  const size = spectrumLength(values.length)
  const data = removeTrend(values.subarray(values.length - size))
  const spectrum = new Float64Array(2 * size)
  fourierTransform(size).realTransform(spectrum, data)
  const count = size / 2
  const frequencies = new Float64Array(count)
  const shares = new Float64Array(count)
  let total = 0
  for (let i = 0; i < count; i += 1) {
    const re = spectrum[2 * i + 2] ?? 0
    const im = spectrum[2 * i + 3] ?? 0
    // Every frequency but the highest stands for a conjugate pair.
    const power = (re * re + im * im) * (i + 1 === count ? 1 : 2)
    frequencies[i] = (i + 1) / size
    shares[i] = power
    total += power
  }
  for (let i = 0; i < count; i += 1) shares[i] = total > 0 ? (shares[i] ?? Number.NaN) / total : Number.NaN
  return { frequencies, shares }
}

/** The series minus its least-squares line. */
export function removeTrend(values: Float64Array): Float64Array {
  const n = values.length
  const middle = (n - 1) / 2
  let sum = 0
  let product = 0
  for (let i = 0; i < n; i += 1) {
    sum += values[i] ?? Number.NaN
    product += (i - middle) * (values[i] ?? Number.NaN)
  }
  const slope = n < 2 ? 0 : product / ((n * (n * n - 1)) / 12)
  const centre = sum / n
  const rest = new Float64Array(n)
  for (let i = 0; i < n; i += 1) rest[i] = (values[i] ?? Number.NaN) - centre - slope * (i - middle)
  return rest
}
