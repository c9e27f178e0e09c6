import tCdf from '@stdlib/stats-base-dists-t-cdf'
import tQuantile from '@stdlib/stats-base-dists-t-quantile'
import { conservativeAutocorrelationTime } from '../../statistics/autocorrelationTime.ts'
import { batchMeans } from '../../statistics/batchMeans.ts'
import { isConstant, mean, standardDeviation } from '../../statistics/moments.ts'
import { removeTrend } from '../../statistics/periodogram.ts'
import { slopeByBatchMeans, type BatchMeansSlope } from '../../statistics/slopeByBatchMeans.ts'

/** `none`: equivalent to no drift; `down`, `up`: established and not negligible; `unresolved`: the interval is too wide to say. */
export type DriftFinding = 'none' | 'down' | 'up' | 'unresolved'

export interface DriftTest {
  readonly finding: DriftFinding
  /** Change over the window, with the 90 % interval of the equivalence test at 5 %. It excludes zero exactly where p < 0.1: both have one standard error. */
  readonly drift: number
  readonly low: number
  readonly high: number
  /** Two-sided p of "no trend", corrected for correlation between batches when there are few effective samples. */
  readonly p: number
  readonly margin: number
  readonly mean: number
  /** Standard deviation around the trend line. */
  readonly fluctuation: number
  /** Autocorrelation time around the trend line, in points. */
  readonly autocorrelationTime: number
}

export interface DriftMargins {
  /** Smallest margin that counts, in units of the series. */
  readonly absolute: number
  /** ... and the share of the fluctuation around the trend. */
  readonly ofFluctuation: number
  readonly significance: number
  readonly minimumEffectiveSampleSize: number
}

const batchCount = 20
const confidence = 0.9

/**
 * Does a series drift? Slope through 20 batch means; equivalence (two one-sided tests) against the larger of an absolute margin and a share of the fluctuation.
 * A trend counts as established only when it is significant and larger than the margin. With fewer than twice the wanted effective samples around the trend line,
 * the standard error is multiplied by √((1+r)/(1−r)), r the lag-one correlation of the residual batch means, and the level is a fifth, so that slow wandering is not taken for a trend.
 * With fewer than wanted, r is taken one standard error larger and the level is a tenth, but a smooth descent along a curve is seen too: p is then twice the smaller of this
 * and of the sign test on the steps between batch means; the interval is then that of t at 95 %, without the sign that the other test excludes at 5 % (Bonferroni, as the p).
 * Batch means that differ by rounding only, as those of a cycle whose period divides them, have no drift: 0 [0, 0], p = 1.
 *
 * @param values finite values; fewer than 40 give `unresolved`
 */
export function driftTest(values: Float64Array, margins: DriftMargins): DriftTest {
  const residuals = removeTrend(values)
  const fluctuation = standardDeviation(residuals)
  const margin = Math.max(margins.absolute, margins.ofFluctuation * fluctuation)
  const slope = slopeByBatchMeans(values, batchCount, confidence)
  const autocorrelationTime = conservativeAutocorrelationTime(residuals)
  const base = {
    drift: slope.drift,
    low: slope.driftLow,
    high: slope.driftHigh,
    margin,
    mean: mean(values),
    fluctuation,
    autocorrelationTime,
  }
  if (isConstant(values)) return { ...base, drift: 0, low: 0, high: 0, p: Number.NaN, finding: 'none' }
  if (Number.isNaN(slope.drift)) return { ...base, p: Number.NaN, finding: 'unresolved' }
  if (hasOneLevel(values)) return { ...base, drift: 0, low: 0, high: 0, p: 1, finding: 'none' }
  const { level, ...trend } = testTrend(slope, residuals, values, values.length / autocorrelationTime, margins)
  const isEquivalent = trend.low > -margin && trend.high < margin
  if (isEquivalent) return { ...base, ...trend, finding: 'none' }
  const isEstablished = Math.abs(slope.drift) > margin && trend.p < level
  return { ...base, ...trend, finding: isEstablished ? (slope.drift < 0 ? 'down' : 'up') : 'unresolved' }
}

const batchMeansOf = (values: Float64Array) => batchMeans(values, batchCount, Math.floor(values.length / batchCount))

/** Whether the batch means differ by less than the rounding of the values: at most 1e-12 of the largest magnitude. */
function hasOneLevel(values: Float64Array): boolean {
  const means = batchMeansOf(values)
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  return Math.max(...means) - Math.min(...means) <= 1e-12 * largest
}

type Trend = Pick<DriftTest, 'p' | 'low' | 'high'>

/** p of "no trend", the interval of the drift, and the level at which a trend is established; the rates are measured in docs/calibration.md. */
function testTrend(
  slope: BatchMeansSlope,
  residuals: Float64Array,
  values: Float64Array,
  effectiveSampleSize: number,
  { minimumEffectiveSampleSize, significance }: DriftMargins,
): Trend & { readonly level: number } {
  if (effectiveSampleSize >= 2 * minimumEffectiveSampleSize)
    return { p: slope.p, low: slope.driftLow, high: slope.driftHigh, level: significance }
  if (effectiveSampleSize >= minimumEffectiveSampleSize)
    return { ...trendWith(slope, errorFactor(residuals, 0), values.length, confidence), level: significance / 5 }
  const trend = trendWith(slope, errorFactor(residuals, 1), values.length, (1 + confidence) / 2)
  const sign = signTest(batchMeansOf(values))
  // A sign against the slope says nothing for it.
  const isAgreed = sign.isUp === slope.slope > 0
  return { ...withSign(trend, isAgreed ? sign : { ...sign, p: 1 }), level: significance / 10 }
}

/** t with the standard error of the slope multiplied by `factor`. */
function trendWith({ slope, standardError, drift }: BatchMeansSlope, factor: number, n: number, level: number): Trend {
  const freedom = batchCount - 2
  const halfWidth = tQuantile((1 + level) / 2, freedom) * standardError * factor * n
  return {
    p: 2 * tCdf(-Math.abs(slope / (standardError * factor)), freedom),
    low: drift - halfWidth,
    high: drift + halfWidth,
  }
}

/** Two tests at half the level each: p twice the smaller one, and no drift of the sign that the second excludes. */
function withSign({ p, low, high }: Trend, sign: { readonly p: number; readonly isUp: boolean }): Trend {
  const isExcluded = 2 * sign.p < 1 - confidence
  return {
    p: Math.min(1, 2 * Math.min(p, sign.p)),
    low: isExcluded && sign.isUp ? Math.max(0, low) : low,
    high: isExcluded && !sign.isUp ? Math.min(0, high) : high,
  }
}

/** Two-sided sign test on the steps between neighbouring values: for a slow series, which steps up as often as down. */
function signTest(means: Float64Array): { readonly p: number; readonly isUp: boolean } {
  const count = means.length - 1
  const ups = means.reduce((sum, value, i) => sum + (i > 0 && value > (means[i - 1] ?? Number.NaN) ? 1 : 0), 0)
  const most = Math.max(ups, count - ups)
  let coefficient = 1
  let tail = 0
  for (let k = count; k >= most; k -= 1) {
    tail += coefficient
    coefficient *= k / (count - k + 1)
  }
  return { p: Math.min(1, (2 * tail) / 2 ** count), isUp: 2 * ups > count }
}

/** By how much correlation between residual batch means enlarges the standard error, the correlation being taken `errors` standard errors larger than it was measured. */
function errorFactor(residuals: Float64Array, errors: number): number {
  const means = batchMeansOf(residuals)
  let product = 0
  let square = 0
  for (let i = 0; i < batchCount; i += 1) {
    square += (means[i] ?? 0) ** 2
    if (i > 0) product += (means[i] ?? 0) * (means[i - 1] ?? 0)
  }
  // Removing a line biases the lag-one correlation downwards by about 3/batchCount.
  const measured = square > 0 ? Math.min(1, product / square + 3 / batchCount) : 0
  const upper = measured + errors * Math.sqrt((1 - measured ** 2) / batchCount)
  const correlation = Math.min(0.95, Math.max(0, upper))
  return Math.sqrt((1 + correlation) / (1 - correlation))
}
