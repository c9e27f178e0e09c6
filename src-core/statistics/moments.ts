import { sumOf } from '../linearAlgebra/vector.ts'

/** Arithmetic mean. NaN for an empty array; a NaN or infinite value propagates. */
export function mean(values: Float64Array): number {
  return sumOf(values) / values.length
}

/** Variance around the mean with divisor n (two passes). NaN for an empty array, 0 for one value; a NaN propagates. */
export function variance(values: Float64Array): number {
  const centre = mean(values)
  let sum = 0
  for (let i = 0; i < values.length; i += 1) {
    const deviation = (values[i] ?? Number.NaN) - centre
    sum += deviation * deviation
  }
  return sum / values.length
}

/** Standard deviation with divisor n, the square root of `variance`. */
export function standardDeviation(values: Float64Array): number {
  return Math.sqrt(variance(values))
}

/** Whether no value is NaN or infinite. True for an empty array. */
export function areFinite(values: Float64Array): boolean {
  for (let i = 0; i < values.length; i += 1) if (!Number.isFinite(values[i])) return false
  return true
}

/** Skewness, the third central moment over the cube of the standard deviation, both with divisor n. NaN for an empty or constant array; a NaN propagates. */
export function skewness(values: Float64Array): number {
  const centre = mean(values)
  let square = 0
  let cube = 0
  for (let i = 0; i < values.length; i += 1) {
    const deviation = (values[i] ?? Number.NaN) - centre
    square += deviation * deviation
    cube += deviation * deviation * deviation
  }
  return (cube / values.length) * (square / values.length) ** -1.5
}

/**
 * Whether the values do not vary, up to rounding: their range is at most 1e-12 of the largest magnitude.
 * True for an empty array; false when a value is NaN or infinite. Looks no further than to the first values that differ.
 */
export function isConstant(values: Float64Array): boolean {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? Number.NaN
    if (value >= low && value <= high) continue
    if (!Number.isFinite(value)) return false
    low = Math.min(low, value)
    high = Math.max(high, value)
    // Further values widen the range at least as much as they raise the largest magnitude.
    if (high - low > 1e-12 * Math.max(Math.abs(low), Math.abs(high))) return false
  }
  return true
}

/**
 * Quantile of sorted values by linear interpolation (type 7 of Hyndman & Fan 1996, numpy's default).
 *
 * @param sorted ascending, without NaN
 * @param probability in [0, 1]
 * @returns NaN for an empty array
 */
export function quantileOfSorted(sorted: Float64Array, probability: number): number {
  const position = (sorted.length - 1) * probability
  const below = sorted[Math.floor(position)] ?? Number.NaN
  const above = sorted[Math.ceil(position)] ?? Number.NaN
  return below + (above - below) * (position - Math.floor(position))
}
