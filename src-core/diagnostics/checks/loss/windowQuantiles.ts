import { quantileOfSorted } from '../../../statistics/moments.ts'
import { sortedCopy } from '../../../statistics/sortWithOrder.ts'
import type { WindowQuantilesChart } from '../../results/diagnosticResult.ts'

const windowCount = 10
const fewestPerWindow = 5

/** Quantiles of a series in ten equal windows, the last with the rest; no window when they would hold fewer than five points. */
export function windowQuantiles(
  { steps, values }: { readonly steps: Float64Array; readonly values: Float64Array },
  { mean, margin }: { readonly mean: number; readonly margin: number },
): WindowQuantilesChart {
  const length = Math.floor(values.length / windowCount)
  const count = length >= fewestPerWindow ? windowCount : 0
  return {
    kind: 'window-quantiles',
    windows: Array.from({ length: count }, (_, i) => {
      const end = i === windowCount - 1 ? values.length : (i + 1) * length
      const sorted = sortedCopy(values.subarray(i * length, end))
      const quantile = (probability: number) => quantileOfSorted(sorted, probability)
      return {
        from: steps[i * length] ?? Number.NaN,
        to: steps[end - 1] ?? Number.NaN,
        p5: quantile(0.05),
        q1: quantile(0.25),
        median: quantile(0.5),
        q3: quantile(0.75),
        p95: quantile(0.95),
      }
    }),
    mean,
    marginLow: mean - margin,
    marginHigh: mean + margin,
  }
}
