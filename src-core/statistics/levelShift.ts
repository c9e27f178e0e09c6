import { conservativeAutocorrelationTime } from './autocorrelationTime.ts'
import { normSquared } from '../linearAlgebra/vector.ts'
import { mean } from './moments.ts'

/** One abrupt change of the mean of a series. */
export interface LevelShift {
  /** First value of the second level. */
  readonly index: number
  /** Means before and from the index on. */
  readonly before: number
  readonly after: number
  /** Of the series with the mean of its level taken from each value; in values. */
  readonly autocorrelationTime: number
}

/** Of the series, at each end: a level of fewer values is not looked for. */
const shortestLevelShare = 0.05
/** A slope or a bend changes little from just before the best split to just after it; a jump changes by itself. */
const neighbourShare = 0.05
const fewestNeighbours = 10
const abruptShare = 0.75
/** What moves by more than this share of the difference within a level is none: a decay has no level before it has died away. */
const levelShare = 0.5
const fewestErrors = 3

/**
 * The split of a series into two levels that leaves the least sum of squares (Bai 1994, least squares estimation of a shift in linear processes: the k of greatest k(n−k)/n (x̄₁ − x̄₂)²), when it is a
 * jump: the means of 5 % of the values (at least 10) on either side of it differ by at least 0.75 of the difference of the levels, that is three standard errors of such a difference
 * (√(2τ/m) standard deviations of what is left) or more, the mean moves within neither level by more than half of it, and two levels leave less than a straight line does. A description, not a test: of
 * 200 AR(1) of 500 or 4000 values at φ = 0.9 to 0.999 and of 200 random walks at most 5 % passed, and up to 5 % of slow wandering under noise (levelShift.test.ts).
 *
 * @param values finite, at least 40; fewer, and constant ones, give null
 */
export function findLevelShift(values: Float64Array): LevelShift | null {
  const count = values.length
  if (count < 4 * fewestNeighbours) return null
  const index = bestSplit(values)
  if (index === null) return null
  const before = mean(values.subarray(0, index))
  const after = mean(values.subarray(index))
  const residuals = values.map((value, i) => value - (i < index ? before : after))
  const isLine = normSquared(residuals) >= sumOfSquaresAboutLine(values)
  if (isLine) return null
  const autocorrelationTime = conservativeAutocorrelationTime(residuals)
  const shift = Math.abs(after - before)
  const neighbours = Math.max(fewestNeighbours, Math.round(neighbourShare * count))
  const step = mean(values.subarray(index, index + neighbours)) - mean(values.subarray(index - neighbours, index))
  const spread = Math.sqrt(normSquared(residuals) / count)
  const error = spread * Math.sqrt((2 * (autocorrelationTime || 1)) / neighbours)
  const isAbrupt = step * Math.sign(after - before) >= abruptShare * shift && shift >= fewestErrors * error
  const hasLevels =
    Math.max(innerChange(values.subarray(0, index)), innerChange(values.subarray(index))) <= levelShare * shift
  return isAbrupt && hasLevels ? { index, before, after, autocorrelationTime } : null
}

/** Of the mean, from the first half to the second. */
function innerChange(values: Float64Array): number {
  const middle = Math.floor(values.length / 2)
  return Math.abs(mean(values.subarray(middle)) - mean(values.subarray(0, middle)))
}

/** Null when no split leaves less than none does. */
function bestSplit(values: Float64Array): number | null {
  const count = values.length
  const center = mean(values)
  const shortest = Math.max(fewestNeighbours, Math.ceil(shortestLevelShare * count))
  let [best, greatest, sum] = [-1, 0, 0]
  for (let k = 1; k <= count - shortest; k += 1) {
    sum += (values[k - 1] ?? 0) - center
    // k(n−k)/n (x̄₁ − x̄₂)², by the sum of the first k distances from the mean of all.
    const between = (sum * sum * count) / (k * (count - k))
    if (k >= shortest && between > greatest) [best, greatest] = [k, between]
  }
  return best < 0 ? null : best
}

function sumOfSquaresAboutLine(values: Float64Array): number {
  const count = values.length
  const center = mean(values)
  const middle = (count - 1) / 2
  const moment = values.reduce((sum, value, i) => sum + (i - middle) * (value - center), 0)
  const slope = moment / ((count * (count * count - 1)) / 12)
  return values.reduce((sum, value, i) => sum + (value - center - slope * (i - middle)) ** 2, 0)
}
