import tQuantile from '@stdlib/stats-base-dists-t-quantile'
import { mean, variance } from './moments.ts'

/** Means of consecutive batches that end with the last value; `[batchCount]`. Left-over values at the start are not used. */
export function batchMeans(values: Float64Array, batchCount: number, batchLength: number): Float64Array {
  const start = values.length - batchCount * batchLength
  return Float64Array.from({ length: batchCount }, (_, i) =>
    mean(values.subarray(start + i * batchLength, start + (i + 1) * batchLength)),
  )
}

/** How a series is cut into batches: a fixed number of batches, or batches of length ⌊√n⌋. */
export type BatchMethod = 'twenty' | 'sqrt'

export interface BatchMeansInterval {
  readonly batchCount: number
  readonly batchLength: number
  readonly mean: number
  readonly standardError: number
  readonly low: number
  readonly high: number
}

/**
 * Mean with an interval from the spread of batch means, t with `batchCount − 1` degrees of freedom (Schmeiser 1982; Flegal & Jones 2010).
 * `twenty` (default) uses 20 batches and covers well once a batch is several autocorrelation times long; `sqrt` uses batches of length ⌊√n⌋.
 * The mean is that of the values inside full batches.
 *
 * @param confidence nominal coverage, in (0, 1)
 * @returns NaN in standard error, low and high when there are fewer than two batches
 */
export function batchMeansInterval(
  values: Float64Array,
  method: BatchMethod = 'twenty',
  confidence = 0.95,
): BatchMeansInterval {
  const n = values.length
  const batchLength = method === 'sqrt' ? Math.floor(Math.sqrt(n)) : Math.max(1, Math.floor(n / 20))
  const batchCount = method === 'sqrt' ? Math.floor(n / Math.max(1, batchLength)) : Math.min(20, n)
  return intervalOfMeans(batchMeans(values, batchCount, batchLength), batchLength, confidence)
}

/** The interval of `batchMeansInterval` for given batch means, about `centre`: their mean, or that of all values. */
export function intervalOfMeans(
  means: Float64Array,
  batchLength: number,
  confidence = 0.95,
  centre = mean(means),
): BatchMeansInterval {
  const batchCount = means.length
  const standardError = batchCount < 2 ? Number.NaN : Math.sqrt(variance(means) / (batchCount - 1))
  const halfWidth = batchCount < 2 ? Number.NaN : tQuantile((1 + confidence) / 2, batchCount - 1) * standardError
  return { batchCount, batchLength, mean: centre, standardError, low: centre - halfWidth, high: centre + halfWidth }
}
