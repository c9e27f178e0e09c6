import { batchMeans } from '../../statistics/batchMeans.ts'
import { mean } from '../../statistics/moments.ts'
import type { TrendChart } from '../results/diagnosticResult.ts'
import type { ScalarSeries } from '../observables/observables.ts'
import type { JudgedScalar } from './segmentContext.ts'
import { firstIndexFrom } from '../observables/seriesRange.ts'

/** Standard errors that a single value must exceed to be told from zero at 95 %. */
const zeroQuantile = 1.96

/** Twenty batch means over their middle steps, with mean, interval and reference level. */
export function batchTrendChart(
  observable: Pick<JudgedScalar, 'steps' | 'values'>,
  options: {
    interval: { mean: number; low: number; high: number }
    initial: number
    reference?: number
    /** Standard error of each value, or of others at their own steps. */
    standardErrors?: ScalarSeries
    logarithmic: boolean
  },
): TrendChart {
  const { steps, values } = observable
  const batchCount = Math.min(20, values.length)
  const batchLength = Math.floor(values.length / batchCount)
  const centres = [...batchMeans(steps, batchCount, batchLength)]
  return {
    kind: 'trend',
    steps: centres,
    values: [...batchMeans(values, batchCount, batchLength)],
    mean: options.interval.mean,
    low: options.interval.low,
    high: options.interval.high,
    initial: options.initial,
    reference: options.reference ?? Number.NaN,
    floor: options.standardErrors ? floorAt(options.standardErrors, centres) : [],
    logarithmic: options.logarithmic,
  }
}

/** Level that one measurement cannot tell from zero, at each of the given steps: from the errors nearest to them. Empty when none is finite. */
function floorAt({ steps, values }: ScalarSeries, centres: readonly number[]): number[] {
  const half = ((centres.at(-1) ?? 0) - (centres[0] ?? 0)) / Math.max(1, centres.length - 1) / 2
  const levels = centres.map((centre) => {
    const near = values.subarray(firstIndexFrom(steps, centre - half), firstIndexFrom(steps, centre + half))
    return zeroQuantile * Math.sqrt(mean(near.filter(Number.isFinite).map((error) => error * error)))
  })
  return levels.some(Number.isFinite) ? levels : []
}
