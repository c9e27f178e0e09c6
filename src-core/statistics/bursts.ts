import { mean, quantileOfSorted, standardDeviation } from './moments.ts'
import { sortedCopy } from './sortWithOrder.ts'

/** Excursions of a series far above its usual level. */
export interface Bursts {
  readonly count: number
  /** Mean distance between their beginnings in points, and its standard deviation over it: 0 for a clock, about 1 for events at random. NaN with fewer than 3 bursts. */
  readonly period: number
  readonly irregularity: number
}

/** Robust standard deviations above the median where a burst begins; it ends below half of that. */
const beginning = 8
/** Median absolute deviation of a Gaussian in standard deviations, inverted. */
const gaussianScale = 1.4826

/**
 * Counts bursts: from a value more than 8 robust standard deviations (1.4826 × median absolute deviation) above the median to the next below 4.
 * None in a Gaussian series of any usual length; none where half of the values are equal.
 */
export function findBursts(values: Float64Array): Bursts {
  const centre = quantileOfSorted(sortedCopy(values), 0.5)
  const scale = gaussianScale * quantileOfSorted(sortedCopy(values.map((value) => Math.abs(value - centre))), 0.5)
  const starts: number[] = []
  let isInside = false
  if (scale > 0)
    values.forEach((value, i) => {
      const height = (value - centre) / scale
      if (!isInside && height > beginning) starts.push(i)
      isInside = isInside ? height > beginning / 2 : height > beginning
    })
  const distances = Float64Array.from(starts.slice(1), (start, i) => start - (starts[i] ?? 0))
  const isMeasured = starts.length >= 3
  const period = isMeasured ? mean(distances) : Number.NaN
  return { count: starts.length, period, irregularity: isMeasured ? standardDeviation(distances) / period : Number.NaN }
}
