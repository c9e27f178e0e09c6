import { formatExact } from '../../format/formatExact.ts'
import { sortedCopy } from '../../statistics/sortWithOrder.ts'

/** How the recorded points of a series lie in time. */
export interface Sampling {
  /** Mean steps from one point to the next; NaN for fewer than two points. */
  readonly spacing: number
  /** Whether one lag in points is one lag in steps, up to few points. */
  readonly isEven: boolean
  readonly shortest: number
  readonly longest: number
}

/** Share of the intervals that may differ from the usual one: a last probe at the end of a run, a few lost rows. */
const irregularShare = 0.05
/** Relative excess of the mean interval over the usual one: a gap is few intervals, but long. */
const largestExcess = 0.1

/**
 * Spacing of strictly increasing steps. Even when at least 95 % of the intervals equal their median and the mean is within 10 % of it:
 * correlations, spectra and displacements over lags in points then mean lags in steps. Fewer than three points count as even.
 */
export function samplingOf(steps: Float64Array): Sampling {
  const intervals = steps.subarray(1).map((step, i) => step - (steps[i] ?? Number.NaN))
  const sorted = sortedCopy(intervals)
  const usual = sorted[sorted.length >> 1] ?? Number.NaN
  const different = intervals.reduce(
    (count, interval) => count + (Math.abs(interval - usual) > 0.01 * usual ? 1 : 0),
    0,
  )
  const spacing = ((steps.at(-1) ?? Number.NaN) - (steps[0] ?? Number.NaN)) / intervals.length
  const isEven =
    intervals.length < 2 ||
    (different <= irregularShare * intervals.length && Math.abs(spacing / usual - 1) <= largestExcess)
  return { spacing, isEven, shortest: sorted[0] ?? Number.NaN, longest: sorted.at(-1) ?? Number.NaN }
}

/** Why a lag means nothing for this series, and what to do. */
export function unevenReason(name: string, { shortest, longest }: Sampling): string {
  return `${name} was recorded at uneven spacing, ${formatExact(shortest)} to ${formatExact(longest)} steps apart; record it at one cadence`
}
