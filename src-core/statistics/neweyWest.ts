import normalCdf from '@stdlib/stats-base-dists-normal-cdf'
import { isConstant, mean } from './moments.ts'

/** The customary default lag ⌊4 (n/100)^{2/9}⌋ (Newey & West 1994). Too short for a strongly correlated series: not for verdicts. */
export function defaultNeweyWestLag(n: number): number {
  return Math.floor(4 * (n / 100) ** (2 / 9))
}

/**
 * Long-run variance with Bartlett weights: γ_0 + 2 Σ_{k=1}^{L} (1 − k/(L+1)) γ_k (Newey & West 1987). `values` need not be centred.
 * The weights count the windows of L + 1 points that hold both factors of a product, so the sum is Σ_s (sum of the centred values in window s)² / (n (L+1))
 * over all windows that meet the series: O(n) whatever the lag, and never negative.
 *
 * @returns NaN for an empty or non-finite series
 */
export function longRunVariance(values: Float64Array, lag: number): number {
  const n = values.length
  const centre = mean(values)
  let window = 0
  let squares = 0
  for (let t = 0; t < n + lag; t += 1) {
    if (t < n) window += (values[t] ?? Number.NaN) - centre
    squares += window * window
    if (t >= lag) window -= (values[t - lag] ?? Number.NaN) - centre
  }
  return squares / n / (lag + 1)
}

/** Standard error of the mean by Newey & West with `lag`; equals statsmodels OLS-HAC on a constant. */
export function neweyWestStandardErrorOfMean(values: Float64Array, lag: number): number {
  return Math.sqrt(longRunVariance(values, lag) / values.length)
}

export interface TrendEstimate {
  /** Change per point. */
  readonly slope: number
  readonly standardError: number
  /** Two-sided; NaN for a constant series. */
  readonly p: number
}

/**
 * Least-squares slope against the index, with the Newey-West standard error of `lag` and a normal p (statsmodels OLS, cov_type HAC).
 * With the default lag it rejects far too often under correlation; use `slopeByBatchMeans` for verdicts.
 */
export function neweyWestTrend(values: Float64Array, lag: number): TrendEstimate {
  const n = values.length
  const centre = mean(values)
  const middle = (n - 1) / 2
  let product = 0
  let square = 0
  for (let t = 0; t < n; t += 1) {
    const time = t - middle
    product += time * ((values[t] ?? Number.NaN) - centre)
    square += time * time
  }
  const slope = product / square
  const scores = new Float64Array(n)
  for (let t = 0; t < n; t += 1) {
    const time = t - middle
    scores[t] = time * ((values[t] ?? Number.NaN) - centre - slope * time)
  }
  const standardError = Math.sqrt((longRunVariance(scores, lag) * n) / square ** 2)
  const p = isConstant(values) ? Number.NaN : 2 * normalCdf(-Math.abs(slope / standardError), 0, 1)
  return { slope, standardError, p }
}
