import tQuantile from '@stdlib/stats-base-dists-t-quantile'
import { batchMeansAutocorrelationTime, conservativeAutocorrelationTime } from './autocorrelationTime.ts'
import { batchMeans, intervalOfMeans, type BatchMeansInterval } from './batchMeans.ts'
import { mean, skewness, variance } from './moments.ts'

const mostBatches = 20
const fewestBatches = 10
/** Batch lengths in units of τ − 1/τ. */
const batchTimes = 5
/** Effective samples by batch means from which a finer estimate of τ changes nothing. */
const plenty = 1000
/** Skewness of a mean over that of independent values: for the square of a Gaussian AR(1) it tends to 3/2, for a linear AR(1) to 3/4. */
const skewnessOfMean = 1.5
const largestSkewness = 1
/** Points from which τ is estimated. */
const pointLimit = 16_384

/**
 * Mean of a correlated series with an interval that holds for few effective samples and for skewed values; the interval that diagnostics show. 20 batch means and t(19) (`batchMeansInterval`) with three changes:
 *
 * - Every value counts: the mean is that of all of them, and the lengths of the batches may differ by one.
 * - Batches span at least 5(τ − 1/τ) points, so that there are fewer than 20 (at least 10) below about 100 effective samples. The variance of means over b points of an AR(1) of time τ is short by the share
 *   (τ² − 1)/(2τb), up to terms in φᵇ, hence by a tenth at most.
 * - The end on the side of the longer tail is moved out to that of Hall's (1992) interval, t̃ = t + κt²/3 + κ²t³/27 + κ/6, where it lies further out. κ is the skewness of the mean, 1.5 g/√(n/τ) with g that of the values,
 *   cut to ±1. The mean and the spread of skewed values are correlated: without it the truth is missed on that side. The other end stays, because g is itself an estimate.
 *
 * Cochran's rule (1977, sec. 2.15), n > 25 g² for the t interval to hold, is no remedy when g comes from the same values: of series of a skewed law it keeps those that did not show their tail, and their intervals cover less
 * than those of all. Measured coverage: docs/calibration.md.
 *
 * @param values finite; fewer than two give NaN in standard error, low and high; a NaN or infinite value gives NaN throughout
 * @param confidence nominal coverage, in (0, 1)
 */
export function meanInterval(values: Float64Array, confidence = 0.95): BatchMeansInterval {
  const time = memoryOf(values)
  const needed = Math.floor(values.length / Math.max(1, batchTimes * (time - 1 / time)))
  const batchCount = Math.min(values.length, mostBatches, Math.max(fewestBatches, needed))
  const interval = intervalOfAll(values, batchCount, confidence)
  const kappa = (skewnessOfMean * skewness(values)) / Math.sqrt(values.length / time)
  // One value, or a constant, has no skewness.
  return Number.isNaN(kappa) ? interval : reachOut(interval, kappa, confidence)
}

/** Of all values in batches whose lengths differ by one at most, about their mean. */
function intervalOfAll(values: Float64Array, batchCount: number, confidence: number): BatchMeansInterval {
  const edge = (i: number) => Math.floor((i * values.length) / Math.max(1, batchCount))
  const means = Float64Array.from({ length: batchCount }, (_, i) => mean(values.subarray(edge(i), edge(i + 1))))
  return intervalOfMeans(means, edge(1), confidence, mean(values))
}

function reachOut(interval: BatchMeansInterval, kappa: number, confidence: number): BatchMeansInterval {
  const size = Math.min(largestSkewness, Math.abs(kappa))
  const quantile = tQuantile((1 + confidence) / 2, interval.batchCount - 1)
  // Hall's transformation solved for the end where its argument is −quantile.
  const reach = size < 1e-6 ? quantile : (3 / size) * (1 - Math.cbrt(1 - size * (quantile + size / 6)))
  const further = Math.max(quantile, reach) * interval.standardError
  return kappa > 0 ? { ...interval, high: interval.mean + further } : { ...interval, low: interval.mean - further }
}

/**
 * τ, at least 1. Where batch means alone show plenty of effective samples, theirs will do; a long series is averaged over short stretches first, which keeps the variance of its mean, b·τ(b)·var(b) = τ·var with b the length of a
 * stretch.
 */
function memoryOf(values: Float64Array): number {
  const coarse = batchMeansAutocorrelationTime(values)
  if (values.length >= plenty * coarse) return Math.max(1, coarse)
  const length = Math.ceil(values.length / pointLimit)
  const stretches = length > 1 ? batchMeans(values, Math.floor(values.length / length), length) : values
  const share = length > 1 ? (length * variance(stretches)) / variance(values) : 1
  const time = share * conservativeAutocorrelationTime(stretches)
  return Number.isFinite(time) ? Math.max(1, time) : 1
}
