import { batchMeans } from '../statistics/batchMeans.ts'
import type { TrendChart } from './diagnosticResult.ts'
import type { JudgedScalar } from './segmentContext.ts'

/** Twenty batch means over their middle steps, with mean, interval and reference level. */
export function batchTrendChart(
  observable: JudgedScalar,
  options: {
    interval: { mean: number; low: number; high: number }
    initial: number
    reference: number
    logarithmic: boolean
  },
): TrendChart {
  const { steps, values } = observable
  const batchCount = Math.min(20, values.length)
  const batchLength = Math.floor(values.length / batchCount)
  return {
    kind: 'trend',
    steps: [...batchMeans(steps, batchCount, batchLength)],
    values: [...batchMeans(values, batchCount, batchLength)],
    mean: options.interval.mean,
    low: options.interval.low,
    high: options.interval.high,
    initial: options.initial,
    reference: options.reference,
    logarithmic: options.logarithmic,
  }
}
