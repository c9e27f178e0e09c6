import { autocorrelationTimeEstimates } from '#core/statistics/autocorrelationTime.ts'
import { batchMeansInterval } from '#core/statistics/batchMeans.ts'
import { meanInterval } from '#core/statistics/meanInterval.ts'
import { slopeByBatchMeans } from '#core/statistics/slopeByBatchMeans.ts'
import type { NullSeries } from './nullSeries.ts'
import type { Sample } from './seriesTests.ts'

/** An interval at nominal 95 %: does it cover the truth? Undefined for "not enough samples", or where the truth has no closed form. */
export interface SeriesInterval {
  readonly name: string
  readonly isDeciding: boolean
  readonly covers: (sample: Sample, law: NullSeries) => boolean | undefined
}

const isInside = ({ low, high }: { low: number; high: number }, truth: number) => low <= truth && truth <= high

function coversTime({ values, isEnough }: Sample, law: NullSeries, name: string): boolean | undefined {
  const truth = law.autocorrelationTime
  const estimate = autocorrelationTimeEstimates(values).find((candidate) => candidate.name === name)
  if (!isEnough || !estimate || Number.isNaN(truth)) return undefined
  return Number.isFinite(estimate.low) ? isInside(estimate, truth) : undefined
}

export const seriesIntervals: readonly SeriesInterval[] = [
  {
    name: 'mean (and gap)',
    isDeciding: true,
    covers: ({ values, isEnough }, { mean }) => (isEnough ? isInside(meanInterval(values), mean) : undefined),
  },
  {
    name: 'drift, 20 batch means',
    isDeciding: true,
    covers: ({ values, isEnough }) => {
      const { driftLow, driftHigh } = slopeByBatchMeans(values, 20, 0.95)
      return isEnough ? isInside({ low: driftLow, high: driftHigh }, 0) : undefined
    },
  },
  {
    name: 'mean of `stats`, 20 batches',
    isDeciding: false,
    covers: ({ values, isEnough }, { mean }) => (isEnough ? isInside(batchMeansInterval(values), mean) : undefined),
  },
  {
    name: 'mean of `stats`, batches of √n',
    isDeciding: false,
    covers: ({ values, isEnough }, { mean }) =>
      isEnough ? isInside(batchMeansInterval(values, 'sqrt'), mean) : undefined,
  },
  { name: 'τ, Sokal', isDeciding: true, covers: (sample, law) => coversTime(sample, law, 'Sokal') },
  { name: 'τ, 20 batch means', isDeciding: true, covers: (sample, law) => coversTime(sample, law, 'batch means') },
]
