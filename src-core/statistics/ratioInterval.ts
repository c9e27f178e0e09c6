import type { BatchMeansInterval } from './batchMeans.ts'
import { meanInterval } from './meanInterval.ts'
import { mean } from './moments.ts'

/**
 * Ratio of two means of correlated series with a delta-method interval: the error of R = ȳ/x̄ is that of the mean of (y − R x)/x̄ (Cochran 1977, eq. 2.39), by batch means (`meanInterval`).
 * Means something only where x̄ is well away from zero: ask `isAwayFromZero` first.
 *
 * @param numerators, denominators series of equal length, finite; fewer than two points give NaN in the interval, an empty series everywhere
 * @param confidence nominal coverage, in (0, 1)
 */
export function ratioInterval(
  numerators: Float64Array,
  denominators: Float64Array,
  confidence = 0.95,
): BatchMeansInterval {
  const level = mean(denominators)
  const ratio = mean(numerators) / level
  const errors = meanInterval(
    numerators.map((value, i) => (value - ratio * (denominators[i] ?? Number.NaN)) / level),
    confidence,
  )
  return { ...errors, mean: ratio, low: ratio + errors.low - errors.mean, high: ratio + errors.high - errors.mean }
}

/** Whether the 95 % interval of a mean (`meanInterval`) excludes zero. False with fewer than three points. */
export function isAwayFromZero(values: Float64Array): boolean {
  if (values.length < 3) return false
  const { low, high } = meanInterval(values)
  return low > 0 || high < 0
}
