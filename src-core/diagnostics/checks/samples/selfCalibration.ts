import { unitSpace } from '../../../format/characters.ts'
import { formatInterval } from '../../../format/formatEstimate.ts'
import { createRandomGenerator } from '../../../random/randomGenerator.ts'
import { conservativeAutocorrelationTime } from '../../../statistics/autocorrelationTime.ts'
import { fitAutoregression, simulateAutoregression } from '../../../statistics/autoregressiveModel.ts'
import { binomialInterval } from '../../../statistics/binomialInterval.ts'
import { areFinite, isConstant } from '../../../statistics/moments.ts'
import { removeTrend } from '../../../statistics/periodogram.ts'
import { createDiagnosticResult } from '../../results/createDiagnosticResult.ts'
import type { DiagnosticResult, ForestChart } from '../../results/diagnosticResult.ts'
import { driftTest } from '../driftTest.ts'
import { permuteHalves } from '../halvesPermutation.ts'
import type { SegmentContext } from '../segmentContext.ts'
import { thin } from '../../observables/seriesRange.ts'

/** A test on one observable, and how often it rejected simulated stationary series. */
interface FalseAlarms {
  readonly observable: string
  readonly test: 'drift' | 'halves'
  /** Simulated series that the test judged, and that it rejected at `nominal`. */
  readonly judged: number
  readonly rejected: number
}

const nominal = 0.05
const tolerated = { low: 0.03, high: 0.08 }
const seriesCount = 200
/** Fewer permutations than the verdict's: p ≤ 0.05 is reached with exactly 5 %, as with any other count of the form 20k − 1. */
const permutationCount = 39
const observableLimit = 3
const pointLimit = 256
const largestOrder = 10
const fewestPoints = 100

/**
 * The real false-alarm rates of the tests behind the verdict, on series like those of this run: for each judged observable (at most three, those that the verdict rests on first)
 * an autoregression is fitted to the series without its trend, 200 stationary series are simulated from it with its own innovations (sieve bootstrap, Bühlmann 1997), and the drift
 * test and the block permutation of the halves are run at 5 %, with everything they estimate estimated anew. Long series are thinned to 256 points before: what matters is the number
 * of autocorrelation times, which stays.
 *
 * `warn` when a rate lies outside 3 to 8 % and its 95 % interval (Wilson) excludes the nominal 5 %; `unknown` when the tests judge fewer than half of the simulated series.
 */
export function diagnoseSelfCalibration(context: SegmentContext): DiagnosticResult {
  const observables = chooseObservables(context)
  const alarms = observables.flatMap(({ name, values }, i) =>
    measureFalseAlarms(context, name, values, 4099 * (context.seed + i)),
  )
  const counted = alarms.filter(({ judged }) => judged >= seriesCount / 2)
  if (counted.length === 0) return unknownCalibration(context, alarms)
  const rows = counted.map(toRow)
  const worst = rows.reduce((a, b) => (distanceFromNominal(b) > distanceFromNominal(a) ? b : a))
  const isOutside = rows.some(
    ({ estimate, low, high }) =>
      (estimate > tolerated.high && low > nominal) || (estimate < tolerated.low && high < nominal),
  )
  return createDiagnosticResult({
    ...fixedFields,
    estimate: worst.estimate,
    low: worst.low,
    high: worst.high,
    sampleSize: seriesCount,
    unit: 'of simulated series',
    threshold: nominal,
    marginLow: tolerated.low,
    marginHigh: tolerated.high,
    verdict: isOutside ? 'warn' : 'pass',
    reason: `${worst.label}: ${formatInterval(100 * worst.estimate, 100 * worst.low, 100 * worst.high)}${unitSpace}% false alarms at nominal 5${unitSpace}% in ${seriesCount} simulated series`,
    summary: isOutside
      ? 'On series that remember like these, a test rejects more or less often than it says.'
      : 'On series that remember like these, the tests keep their level.',
    details: [
      ...rows.map(({ label, estimate }) => ({ label: `false alarms, ${label}`, value: estimate, unit: '' })),
      { label: 'points of a simulated series', value: simulatedLength(observables[0]?.values), unit: 'points' },
    ],
    charts: [forest(rows)],
  })
}

const fixedFields = {
  id: 'self-calibration',
  title: 'Self-calibration',
  symbol: 'false alarms',
  assumption:
    'A stationary series with the linear correlation and the innovations of the judged part; other kinds of dependence are not imitated.',
} as const

type ForestRow = ForestChart['rows'][number]

/** What gates the verdict first, then the other scalars, then a component of each vector. */
function chooseObservables({ gating, scalars, vectors }: SegmentContext): { name: string; values: Float64Array }[] {
  const components = vectors.flatMap(({ name, components: all }) => {
    const component = all.find((values) => !isConstant(values))
    return component ? [{ name, values: component }] : []
  })
  const candidates = [...gating, ...scalars, ...components]
  const first = candidates.filter(({ name }, i) => candidates.findIndex((other) => other.name === name) === i)
  return first
    .filter(({ values }) => values.length >= fewestPoints && !isConstant(values) && areFinite(values))
    .slice(0, observableLimit)
}

const simulatedLength = (values: Float64Array | undefined) => (values ? thin(values, pointLimit).values.length : 0)

function measureFalseAlarms(
  { margins }: SegmentContext,
  observable: string,
  values: Float64Array,
  seed: number,
): FalseAlarms[] {
  const thinned = thin(removeTrend(values), pointLimit).values
  const model = fitAutoregression(thinned, largestOrder)
  const burnIn = Math.ceil(10 * conservativeAutocorrelationTime(thinned))
  if (!Number.isFinite(burnIn)) return []
  const random = createRandomGenerator(seed)
  const counts = { drift: { judged: 0, rejected: 0 }, halves: { judged: 0, rejected: 0 } }
  for (let i = 0; i < seriesCount; i += 1) {
    const series = simulateAutoregression(model, { n: thinned.length, burnIn }, random)
    const p = testSeries(series, { ...margins, permutationCount }, seed + i)
    for (const test of ['drift', 'halves'] as const) {
      if (Number.isNaN(p[test])) continue
      counts[test].judged += 1
      if (p[test] <= nominal) counts[test].rejected += 1
    }
  }
  return [
    { observable, test: 'drift', ...counts.drift },
    { observable, test: 'halves', ...counts.halves },
  ]
}

/** p of both tests; NaN where there are too few effective samples. */
function testSeries(series: Float64Array, margins: SegmentContext['margins'], seed: number) {
  const time = conservativeAutocorrelationTime(series)
  const isEnough = series.length / time >= margins.minimumEffectiveSampleSize
  const drift = isEnough
    ? driftTest(series, {
        absolute: 0,
        ofFluctuation: margins.driftOfFluctuation,
        significance: margins.significance,
        minimumEffectiveSampleSize: margins.minimumEffectiveSampleSize,
      }).p
    : Number.NaN
  return { drift, halves: permuteHalves([series], time, { margins, seed }).p }
}

function toRow({ observable, test, judged, rejected }: FalseAlarms): ForestRow {
  return {
    label: `${observable}, ${test === 'drift' ? 'drift' : 'halves'}`,
    estimate: rejected / judged,
    ...binomialInterval(rejected, judged),
    isReference: false,
  }
}

const distanceFromNominal = ({ estimate }: ForestRow) => Math.abs(estimate - nominal)

function forest(rows: readonly ForestRow[]): ForestChart {
  return {
    kind: 'forest',
    xName: 'share of false alarms, nominal 0.05',
    rows,
    marginLow: tolerated.low,
    marginHigh: tolerated.high,
  }
}

function unknownCalibration({ margins }: SegmentContext, alarms: readonly FalseAlarms[]): DiagnosticResult {
  return createDiagnosticResult({
    ...fixedFields,
    verdict: 'unknown',
    reason:
      alarms.length === 0
        ? `cannot say: ${fewestPoints} points of a varying series are needed`
        : `cannot say: simulated series like these have fewer than ${margins.minimumEffectiveSampleSize} effective samples, as the tests need`,
    summary: 'The tests cannot be tried on series like these.',
  })
}
