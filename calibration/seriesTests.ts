import { driftTest, type DriftTest } from '#core/diagnostics/checks/driftTest.ts'
import { permuteHalves } from '#core/diagnostics/checks/halvesPermutation.ts'
import { diagnoseLimitCycle } from '#core/diagnostics/checks/motion/limitCycle.ts'
import { defaultMargins } from '#core/diagnostics/results/margins.ts'
import type { SegmentContext } from '#core/diagnostics/checks/segmentContext.ts'
import { thin } from '#core/diagnostics/observables/seriesRange.ts'
import { diagnoseStationarityTests } from '#core/diagnostics/checks/samples/stationarityTests.ts'
import { diagnoseTimeReversal } from '#core/diagnostics/checks/motion/timeReversal.ts'
import { conservativeAutocorrelationTime, sokalAutocorrelationTime } from '#core/statistics/autocorrelationTime.ts'
import { blockPermutationTest } from '#core/statistics/blockPermutationTest.ts'
import { compareAutocorrelations } from '#core/statistics/compareAutocorrelations.ts'
import { gewekeZ } from '#core/statistics/geweke.ts'
import { kpss } from '#core/statistics/kpss.ts'
import { neweyWestTrend } from '#core/statistics/neweyWest.ts'
import normalCdf from '@stdlib/stats-base-dists-normal-cdf'
import type { Outcome } from './rates.ts'
import { contextOfSeries } from './seriesContext.ts'

/** A series with what every test asks for. */
export interface Sample {
  readonly values: Float64Array
  readonly autocorrelationTime: number
  /** Whether the sample-size diagnostic lets a verdict through. */
  readonly isEnough: boolean
  readonly seed: number
  readonly drift: DriftTest
  /** Made when it is first asked for. */
  readonly context: () => SegmentContext
}

export interface SeriesTest {
  readonly name: string
  /** Whether a verdict rests on it; the others inform. */
  readonly isDeciding: boolean
  /** Its null hypothesis includes that the series is the same backwards. */
  readonly needsReversible?: boolean
  readonly test: (sample: Sample) => Outcome
}

/** Points that the verdict's permutation keeps of a long series. */
const permutationPointLimit = 4096
/** Fewer than the verdict's 499, for speed: p is as exact, only coarser. */
const permutationCount = 199

export function sampleOf(values: Float64Array, seed: number): Sample {
  let context: SegmentContext | undefined
  const autocorrelationTime = conservativeAutocorrelationTime(values)
  const isEnough = values.length / autocorrelationTime >= defaultMargins.minimumEffectiveSampleSize
  return {
    values,
    autocorrelationTime,
    isEnough,
    seed,
    drift: driftTest(values, driftMargins),
    context: () => (context ??= contextOfSeries(values)),
  }
}

export const driftMargins = {
  absolute: 0,
  ofFluctuation: defaultMargins.driftOfFluctuation,
  significance: defaultMargins.significance,
  minimumEffectiveSampleSize: defaultMargins.minimumEffectiveSampleSize,
}

export function driftOutcome({ drift, isEnough }: Sample): Outcome {
  return isEnough ? drift.p : undefined
}

export function halvesOutcome({ values, autocorrelationTime, seed }: Sample): Outcome {
  const thinned = thin(values, permutationPointLimit)
  const margins = { ...defaultMargins, permutationCount }
  const { p } = permuteHalves([thinned.values], autocorrelationTime / thinned.stride, { margins, seed })
  return Number.isNaN(p) ? undefined : p
}

/** As `ergoscope stats` gives it: blocks of two Sokal times, as many as there are. */
function statisticsHalves({ values, seed }: Sample): Outcome {
  const { values: points, stride } = thin(values, permutationPointLimit)
  const blockLength = Math.max(1, Math.ceil((2 * sokalAutocorrelationTime(values)) / stride))
  const { p } = blockPermutationTest([points], blockLength, { permutationCount, seed })
  return Number.isNaN(p) ? undefined : p
}

const doubleTime = ({ values, autocorrelationTime }: Sample) =>
  Math.min(Math.ceil(2 * autocorrelationTime), values.length >> 1)

function kpssOutcome(sample: Sample): Outcome {
  return sample.isEnough ? kpss(sample.values, doubleTime(sample)).p : undefined
}

function trendOutcome(sample: Sample): Outcome {
  return sample.isEnough ? neweyWestTrend(sample.values, doubleTime(sample)).p : undefined
}

function autocorrelationOutcome({ values, autocorrelationTime, isEnough, seed }: Sample): Outcome {
  const options = { seed, fewestBlocks: defaultMargins.minimumBlockCount }
  return isEnough ? compareAutocorrelations(values, autocorrelationTime, options)?.p : undefined
}

/** An event, counted as p = 0. */
function quartersOutcome({ context, isEnough }: Sample): Outcome {
  if (!isEnough) return undefined
  return diagnoseStationarityTests(context()).verdict === 'warn' ? 0 : 1
}

function reversalOutcome({ context, isEnough }: Sample): Outcome {
  if (!isEnough) return undefined
  const p = diagnoseTimeReversal(context()).details.find(({ label }) => label.startsWith('p of none'))
  return p?.value
}

/** The tests that are calibrated on every series. The line test has a threshold, not a level: an event is counted as p = 0. */
export const seriesTests: readonly SeriesTest[] = [
  { name: 'drift test', isDeciding: true, test: driftOutcome },
  { name: 'halves, permutation of 20 blocks', isDeciding: true, test: halvesOutcome },
  {
    name: 'drift called up or down',
    isDeciding: true,
    test: ({ drift }) => (['up', 'down'].includes(drift.finding) ? 0 : 1),
  },
  {
    name: 'limit cycle called',
    isDeciding: true,
    test: ({ context }) => (diagnoseLimitCycle(context()).finding === 'cycle' ? 0 : 1),
  },
  { name: 'time reversal', isDeciding: false, needsReversible: true, test: reversalOutcome },
  { name: 'KPSS, lag 2τ', isDeciding: false, test: kpssOutcome },
  { name: 'trend, Newey–West, lag 2τ', isDeciding: false, test: trendOutcome },
  { name: 'autocorrelation of both halves', isDeciding: false, test: autocorrelationOutcome },
  { name: 'R̂ of quarters beyond its bound (at 1 %)', isDeciding: false, test: quartersOutcome },
  { name: 'halves of `stats`, blocks of 2τ', isDeciding: false, test: statisticsHalves },
  {
    name: 'Geweke',
    isDeciding: false,
    test: ({ values, isEnough }) => (isEnough ? 2 * normalCdf(-Math.abs(gewekeZ(values)), 0, 1) : undefined),
  },
]
