/** How a series repeats itself. */
export interface Repetition {
  /** In points; a cycle of the record need not be a whole number of points. */
  readonly period: number
  /** Share of the variance that comes back after every period, still at lags from a quarter to half of the record: 1 for a clean cycle of any wave form, about 0 for mixing noise. */
  readonly share: number
}

/** A period fits into the record so many times at least: four times between a quarter and half of it. */
const fewestPeriods = 16
/** Autocorrelation below which the values that follow are no longer alike, and above which they are again. */
const alike = 0.5

/**
 * Whether a series of n points repeats itself, whatever its wave form: the mean of the autocorrelation at the multiples of a period between n/4 and n/2. A pulse train, whose spectrum is many lines of equal height, repeats as well as a sinusoid.
 * The period is the first lag at which the autocorrelation peaks above one half after it was below; it is made precise at its doublings, each known to half of the error of the one before. At a multiple that is no whole lag the larger of
 * both neighbours counts.
 *
 * @param covariance autocovariance with divisor n at lags 0 to ⌊n/2⌋
 * @param n points of the series
 * @returns undefined where no lag up to n/16 is such a peak, for a constant and for fewer than 32 points
 */
export function repetition(covariance: Float64Array, n: number): Repetition | undefined {
  const longest = Math.min(Math.floor(n / fewestPeriods), covariance.length - 1)
  const at = (lag: number) => ((covariance[lag] ?? Number.NaN) / (covariance[0] ?? Number.NaN)) * (n / (n - lag))
  const first = firstReturn(at, longest)
  if (first === undefined) return undefined
  const period = refine(at, first, n / 2)
  let sum = 0
  let count = 0
  for (let k = Math.ceil(n / 4 / period); k * period <= n / 2 - 1; k += 1) {
    sum += Math.max(at(Math.floor(k * period)), at(Math.ceil(k * period)))
    count += 1
  }
  return { period, share: sum / count }
}

function firstReturn(at: (lag: number) => number, longest: number): number | undefined {
  let lag = 1
  while (lag <= longest && at(lag) >= alike) lag += 1
  while (lag <= longest && !(at(lag) >= alike)) lag += 1
  while (lag < longest && at(lag + 1) > at(lag)) lag += 1
  return lag <= longest && lag > 1 ? lag : undefined
}

function refine(at: (lag: number) => number, first: number, end: number): number {
  let period = first
  for (let k = 2; k * period + 1 <= end; k *= 2) {
    const middle = Math.round(k * period)
    const nearest = [middle, middle - 1, middle + 1].reduce((best, lag) => (at(lag) > at(best) ? lag : best))
    period = nearest / k
  }
  return period
}
