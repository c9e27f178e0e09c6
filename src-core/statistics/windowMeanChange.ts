import tQuantile from '@stdlib/stats-base-dists-t-quantile'
import { batchMeans } from './batchMeans.ts'
import { isConstant, mean, standardDeviation } from './moments.ts'

const windowCount = 4
const batchesPerWindow = 5

/**
 * Largest difference of the means of neighbouring windows, max_k |mean(window k+1) − mean(window k)|, in standard deviations of the series. Four windows of five batches each; the error is that of
 * the spread of batch means within windows, t with 16 degrees of freedom, simultaneous over the three differences (Bonferroni). `low` is not below 0.
 *
 * @param values finite; fewer than 40 or constant ones give NaN throughout
 */
export function windowMeanChange(values: Float64Array): { mean: number; low: number; high: number } {
  const batchLength = Math.floor(values.length / (windowCount * batchesPerWindow))
  if (batchLength < 2 || isConstant(values)) return { mean: Number.NaN, low: Number.NaN, high: Number.NaN }
  const batches = batchMeans(values, windowCount * batchesPerWindow, batchLength)
  const windows = Array.from({ length: windowCount }, (_, k) =>
    batches.subarray(k * batchesPerWindow, (k + 1) * batchesPerWindow),
  )
  const means = windows.map(mean)
  const freedom = windowCount * (batchesPerWindow - 1)
  const squares = windows.reduce(
    (sum, window, k) => sum + window.reduce((inner, value) => inner + (value - (means[k] ?? Number.NaN)) ** 2, 0),
    0,
  )
  const error = Math.sqrt(((squares / freedom) * 2) / batchesPerWindow)
  const halfWidth = error * tQuantile(1 - 0.05 / 2 / (windowCount - 1), freedom)
  const changes = means.slice(1).map((value, k) => Math.abs(value - (means[k] ?? Number.NaN)))
  const largest = Math.max(...changes)
  const scale = standardDeviation(values)
  return {
    mean: largest / scale,
    low: Math.max(0, largest - halfWidth) / scale,
    high: (largest + halfWidth) / scale,
  }
}
