import tCdf from '@stdlib/stats-base-dists-t-cdf'
import { conservativeAutocorrelationTime } from '../../statistics/autocorrelationTime.ts'
import { batchMeans } from '../../statistics/batchMeans.ts'
import { isConstant, mean, standardDeviation } from '../../statistics/moments.ts'
import { removeTrend } from '../../statistics/periodogram.ts'
import { slopeByBatchMeans, type BatchMeansSlope } from '../../statistics/slopeByBatchMeans.ts'

/** `none`: equivalent to no drift; `down`, `up`: established and not negligible; `unresolved`: the interval is too wide to say. */
export type DriftFinding = 'none' | 'down' | 'up' | 'unresolved'

export interface DriftTest {
  readonly finding: DriftFinding
  /** Change over the window, with the 90 % interval of the equivalence test at 5 %. */
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

/**
 * Does a series drift? Slope through 20 batch means; equivalence (two one-sided tests) against the larger of an absolute margin and a share of the fluctuation.
 * A trend counts as established only when it is significant and larger than the margin. With fewer than twice the wanted effective samples around the trend line,
 * the t value is divided by √((1+r)/(1−r)), r the lag-one correlation of the residual batch means, and the level is a fifth, so that slow wandering is not taken for a trend.
 * With fewer than wanted, r is taken one standard error larger and the level is a tenth, but a smooth descent along a curve is seen too: p is then twice the smaller of this
 * and of the sign test on the steps between batch means.
 *
 * @param values finite values; fewer than 40 give `unresolved`
 */
export function driftTest(values: Float64Array, margins: DriftMargins): DriftTest {
  const residuals = removeTrend(values)
  const fluctuation = standardDeviation(residuals)
  const margin = Math.max(margins.absolute, margins.ofFluctuation * fluctuation)
  const slope = slopeByBatchMeans(values, batchCount, 0.9)
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
  const { p, level } = trendP(slope, residuals, batchMeansOf(values), values.length / autocorrelationTime, margins)
  const isEquivalent = slope.driftLow > -margin && slope.driftHigh < margin
  if (isEquivalent) return { ...base, p, finding: 'none' }
  const isEstablished = Math.abs(slope.drift) > margin && p < level
  return { ...base, p, finding: isEstablished ? (slope.drift < 0 ? 'down' : 'up') : 'unresolved' }
}

const batchMeansOf = (values: Float64Array) => batchMeans(values, batchCount, Math.floor(values.length / batchCount))

/** p of "no trend" and the level at which a trend is established; the rates are measured in docs/calibration.md. */
function trendP(
  slope: BatchMeansSlope,
  residuals: Float64Array,
  means: Float64Array,
  effectiveSampleSize: number,
  { minimumEffectiveSampleSize, significance }: DriftMargins,
): { p: number; level: number } {
  if (effectiveSampleSize >= 2 * minimumEffectiveSampleSize) return { p: slope.p, level: significance }
  const t = slope.slope / slope.standardError
  if (effectiveSampleSize >= minimumEffectiveSampleSize)
    return { p: correctedP(t, residuals, 0), level: significance / 5 }
  return { p: Math.min(1, 2 * Math.min(correctedP(t, residuals, 1), signP(means))), level: significance / 10 }
}

/** Two-sided sign test on the steps between neighbouring values: for a slow series, which steps up as often as down. */
function signP(means: Float64Array): number {
  const count = means.length - 1
  const ups = means.reduce((sum, value, i) => sum + (i > 0 && value > (means[i - 1] ?? Number.NaN) ? 1 : 0), 0)
  const most = Math.max(ups, count - ups)
  let coefficient = 1
  let tail = 0
  for (let k = count; k >= most; k -= 1) {
    tail += coefficient
    coefficient *= k / (count - k + 1)
  }
  return Math.min(1, (2 * tail) / 2 ** count)
}

/**
 * p of the slope with t shrunk for correlation between residual batch means, the correlation being taken `errors` standard errors larger than it was measured.
 */
function correctedP(t: number, residuals: Float64Array, errors: number): number {
  const means = batchMeansOf(residuals)
  let product = 0
  let square = 0
  for (let i = 0; i < batchCount; i += 1) {
    square += (means[i] ?? 0) ** 2
    if (i > 0) product += (means[i] ?? 0) * (means[i - 1] ?? 0)
  }
  // Removing a line biases the lag-one correlation downwards by about 3/batchCount.
  const measured = Math.min(1, product / square + 3 / batchCount)
  const upper = measured + errors * Math.sqrt((1 - measured ** 2) / batchCount)
  const correlation = Math.min(0.95, Math.max(0, upper))
  const shrink = Math.sqrt((1 - correlation) / (1 + correlation))
  return 2 * tCdf(-Math.abs(t) * shrink, batchCount - 2)
}
