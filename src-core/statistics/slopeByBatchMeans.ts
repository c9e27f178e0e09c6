import tCdf from '@stdlib/stats-base-dists-t-cdf'
import tQuantile from '@stdlib/stats-base-dists-t-quantile'
import { batchMeans } from './batchMeans.ts'
import { mean } from './moments.ts'

export interface BatchMeansSlope {
  /** Change per point. */
  readonly slope: number
  readonly standardError: number
  /** Two-sided p of t with batchCount − 2 degrees of freedom. */
  readonly p: number
  /** Change over the whole series, slope · n, and its interval at `confidence`. */
  readonly drift: number
  readonly driftLow: number
  readonly driftHigh: number
}

/**
 * Linear trend by least squares through batch means, which are nearly independent once a batch is long against the autocorrelation time.
 * Its false alarms, as part of the drift test, are measured in docs/calibration.md.
 *
 * @param values n ≥ 2 · batchCount finite values; fewer give NaN
 * @param confidence of the drift interval; 0.9 makes it the interval of an equivalence test at 5 %
 */
export function slopeByBatchMeans(values: Float64Array, batchCount = 20, confidence = 0.9): BatchMeansSlope {
  const batchLength = Math.floor(values.length / batchCount)
  if (batchLength < 2)
    return {
      slope: Number.NaN,
      standardError: Number.NaN,
      p: Number.NaN,
      drift: Number.NaN,
      driftLow: Number.NaN,
      driftHigh: Number.NaN,
    }
  const means = batchMeans(values, batchCount, batchLength)
  const { slope: perBatch, standardError: errorPerBatch } = leastSquaresSlope(means)
  const drift = (perBatch / batchLength) * values.length
  const halfWidth = ((tQuantile((1 + confidence) / 2, batchCount - 2) * errorPerBatch) / batchLength) * values.length
  return {
    slope: perBatch / batchLength,
    standardError: errorPerBatch / batchLength,
    // A perfect line has no error: its t is infinite and its p zero; a constant has neither.
    p:
      perBatch === 0 && errorPerBatch === 0
        ? Number.NaN
        : 2 * tCdf(-Math.abs(perBatch / errorPerBatch), batchCount - 2),
    drift,
    driftLow: drift - halfWidth,
    driftHigh: drift + halfWidth,
  }
}

/** Slope against the index by ordinary least squares with the classical standard error. n ≥ 3. */
export function leastSquaresSlope(values: Float64Array): { slope: number; standardError: number } {
  const n = values.length
  const centre = mean(values)
  const middle = (n - 1) / 2
  let product = 0
  for (let i = 0; i < n; i += 1) product += (i - middle) * (values[i] ?? Number.NaN)
  const square = (n * (n * n - 1)) / 12
  const slope = product / square
  let residual = 0
  for (let i = 0; i < n; i += 1) residual += ((values[i] ?? Number.NaN) - centre - slope * (i - middle)) ** 2
  return { slope, standardError: Math.sqrt(residual / (n - 2) / square) }
}
