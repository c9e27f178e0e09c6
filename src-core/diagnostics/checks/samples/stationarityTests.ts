import { formatNumber } from '../../../format/formatNumber.ts'
import { formatPValue } from '../../../format/formatPValue.ts'
import { augmentedDickeyFuller } from '../../../statistics/augmentedDickeyFuller.ts'
import { conservativeAutocorrelationTime } from '../../../statistics/autocorrelationTime.ts'
import { gewekeZ } from '../../../statistics/geweke.ts'
import { kpss } from '../../../statistics/kpss.ts'
import { isConstant, quantileOfSorted } from '../../../statistics/moments.ts'
import { neweyWestTrend } from '../../../statistics/neweyWest.ts'
import { removeTrend } from '../../../statistics/periodogram.ts'
import { rhatScatter } from '../../../statistics/rhatScatter.ts'
import { sortedCopy } from '../../../statistics/sortWithOrder.ts'
import { rankNormalisedSplitRhat } from '../../../statistics/splitRhat.ts'
import { createDiagnosticResult } from '../../results/createDiagnosticResult.ts'
import type { DiagnosticResult } from '../../results/diagnosticResult.ts'
import type { JudgedScalar, SegmentContext } from '../segmentContext.ts'
import { thin } from '../../observables/seriesRange.ts'

const fewestPoints = 40
const fewestEffective = 20
/** An R̂ that chance alone takes beyond this (Gelman & Rubin 1992 call 1.2 large) tests nothing: a change inside the record lengthens its memory, and hides below the bound that it makes wide. */
const widestBound = 1.2
/** Lags of the unit-root test. */
const unitRootLag = 10
/** Longer series are thinned evenly. */
const pointLimit = 8192
/** Geweke's z rejects too often when its first tenth is shorter than this many autocorrelation times. */
const gewekeTimes = 50
/** Of a series, for one of two values to count as one. */
const leastShare = 0.1

interface ObservableTests {
  readonly scalar: JudgedScalar
  /** Rank-normalised split-R̂ of the halves, each split again: four quarters. */
  readonly rhat: number
  /** What one law exceeds in a share `significance` of runs. */
  readonly rhatBound: number
  readonly kpssP: number
  readonly unitRootP: number
  readonly geweke: number
  readonly isGewekeShort: boolean
  /** p of no trend, least squares with Newey-West errors of lag 2τ. */
  readonly trendP: number
}

/**
 * The customary tests of one stationary series, on every judged scalar, beside those that the verdict uses: rank-normalised split-R̂ of the run's own quarters (Vehtari et al. 2021), KPSS with lag 2τ
 * (null: level stationary), augmented Dickey-Fuller with 10 lags (null: unit root), Geweke's z, and the trend by least squares with Newey-West errors of lag 2τ. The estimate is the R̂ furthest above what
 * one law gives by chance; a series whose bound is beyond 1.2 is not tested below it, and never part of an agreement. Informs only: none of these is calibrated for every memory (see the calibration), and not to reject is not to be equal.
 */
export function diagnoseStationarityTests(context: SegmentContext): DiagnosticResult {
  const tests = context.scalars
    .map(aroundTrend)
    .filter(
      ({ values, effectiveSampleSize }) =>
        values.length >= fewestPoints && !isTwoValued(values) && effectiveSampleSize >= fewestEffective,
    )
    .map((scalar) => testObservable(scalar, context.margins.significance))
    .filter(({ rhat, rhatBound }) => Number.isFinite(rhat) && Number.isFinite(rhatBound))
  const [untested, tested] = [tests.filter(isUntested), tests.filter((test) => !isUntested(test))]
  const worst = tested.toSorted((a, b) => b.rhat / b.rhatBound - a.rhat / a.rhatBound)[0]
  if (tests.length === 0) return missingTests(context)
  const others = [...untested.map(untestedText), ...tests.map(interpret)].join('; ')
  if (!worst) return tooWide(tests, others)
  const isEqual = worst.rhat <= worst.rhatBound
  return createDiagnosticResult({
    ...fixedFields,
    estimate: worst.rhat,
    sampleSize: worst.scalar.values.length,
    effectiveSampleSize: worst.scalar.effectiveSampleSize,
    autocorrelationTime: worst.scalar.autocorrelationTime,
    marginLow: 1,
    marginHigh: worst.rhatBound,
    threshold: worst.rhatBound,
    verdict: isEqual ? 'pass' : 'warn',
    reason: `${worst.scalar.name}: R̂ of its quarters ${formatNumber(worst.rhat, 5)}, one law stays below ${formatNumber(worst.rhatBound, 5)}; ${others}`,
    summary: !isEqual
      ? 'The quarters of the run differ by more than chance.'
      : untested.length === 0
        ? 'The quarters of the run agree.'
        : `The quarters of ${namesOf(tested)} agree; ${namesOf(untested)} could not be tested.`,
    details: tests.flatMap(detailsOf),
  })
}

const fixedFields = {
  id: 'stationarity-tests',
  title: 'Stationarity tests',
  symbol: 'R̂ of quarters',
  assumption:
    'Autocorrelation times around the trend line are known from the judged part. Informs; the verdict uses calibrated tests.',
} as const

/** Below a bound so wide nothing is seen; beyond it, all the more. */
function isUntested({ rhat, rhatBound }: ObservableTests): boolean {
  return rhatBound > widestBound && rhat <= rhatBound
}

function untestedText({ scalar, rhat, rhatBound }: ObservableTests): string {
  return `${scalar.name}: R̂ of its quarters ${formatNumber(rhat, 4)} is not tested, chance alone reaches ${formatNumber(rhatBound, 4)}`
}

function namesOf(tests: readonly ObservableTests[]): string {
  return tests.map(({ scalar }) => scalar.name).join(', ')
}

function tooWide(tests: readonly ObservableTests[], others: string): DiagnosticResult {
  return createDiagnosticResult({
    ...fixedFields,
    verdict: 'unknown',
    reason: `cannot say: ${others}`,
    summary: 'There are too few independent samples to compare the quarters of the run.',
    details: tests.flatMap(detailsOf),
  })
}

/** With the memory around the trend line: a drift is what the tests look for, not memory. */
function aroundTrend(scalar: JudgedScalar): JudgedScalar {
  const { values, stride } = thin(scalar.values, pointLimit)
  const time = stride * conservativeAutocorrelationTime(removeTrend(values))
  return { ...scalar, autocorrelationTime: time, effectiveSampleSize: scalar.values.length / time }
}

/** A constant, or two values and nothing else, up to rounding, each a tenth of the series or more: they have no spread of their sizes, so that R̂ by chance is not known. A spike on a level is not. */
function isTwoValued(values: Float64Array): boolean {
  const [low, high] = values.reduce(
    ([least, most], value) => [Math.min(least, value), Math.max(most, value)] as const,
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY] as const,
  )
  const rounding = 1e-9 * (high - low)
  const lowCount = values.reduce((count, value) => count + (value - low <= rounding ? 1 : 0), 0)
  const highCount = values.reduce((count, value) => count + (high - value <= rounding ? 1 : 0), 0)
  const isCovered = lowCount + highCount === values.length
  return isConstant(values) || (isCovered && Math.min(lowCount, highCount) >= leastShare * values.length)
}

function missingTests({ scalars }: SegmentContext): DiagnosticResult {
  const varying = scalars.filter(({ values }) => !isConstant(values)).map(aroundTrend)
  const isAlternation = varying.length > 0 && varying.every(({ values }) => isTwoValued(values))
  const most = Math.max(0, ...varying.map((scalar) => scalar.effectiveSampleSize).filter(Number.isFinite))
  const needed = `needs a scalar of more than two values with ${fewestPoints} points and ${fewestEffective} effective samples`
  return createDiagnosticResult({
    ...fixedFields,
    verdict: 'unknown',
    reason: `cannot say: ${needed}; ${isAlternation ? 'those recorded take two values only' : `the most effective samples there are is ${formatNumber(most)}`}`,
    summary: isAlternation
      ? 'A series of two values is no case for a test of stationarity.'
      : 'There are too few independent samples for a test of stationarity.',
  })
}

function testObservable(scalar: JudgedScalar, significance: number): ObservableTests {
  const { values, stride } = thin(scalar.values, pointLimit)
  const time = Math.max(1, scalar.autocorrelationTime / stride)
  const lag = Math.min(Math.ceil(2 * time), values.length >> 1)
  const half = values.length >> 1
  const quarter = (memory: number) => ({ length: values.length / 4, effectiveSampleSize: values.length / memory / 4 })
  return {
    scalar,
    rhat: rankNormalisedSplitRhat([values.subarray(0, half), values.subarray(values.length - half)]),
    rhatBound: rhatScatter(2, [quarter(time), quarter(foldedTime(values))], significance),
    kpssP: kpss(values, lag).p,
    unitRootP: augmentedDickeyFuller(values, unitRootLag).p,
    geweke: gewekeZ(values),
    isGewekeShort: values.length / 10 < gewekeTimes * time,
    trendP: neweyWestTrend(values, lag).p,
  }
}

/** Memory of the distances from the median, which under momentum is longer than that of the values: those swing to both sides, these do not. */
function foldedTime(values: Float64Array): number {
  const median = quantileOfSorted(sortedCopy(values), 0.5)
  return conservativeAutocorrelationTime(values.map((value) => Math.abs(value - median)))
}

/** The published table ends at 0.01 and 0.1. */
function kpssText(p: number): string {
  return p >= 0.1 ? 'p ≥ 0.1' : p <= 0.01 ? 'p ≤ 0.01' : formatPValue(p)
}

/** What KPSS and Dickey-Fuller say together, at 5 %: their nulls are opposite. */
function interpret({ scalar, kpssP, unitRootP }: ObservableTests): string {
  const isLevelRejected = kpssP < 0.05
  const isRootRejected = unitRootP < 0.05
  const meaning = isLevelRejected
    ? isRootRejected
      ? 'returns to a level that moves'
      : 'does not return to one level'
    : isRootRejected
      ? 'returns to one level'
      : 'shows neither that it returns to a level nor that it does not'
  const unitRoot = Number.isNaN(unitRootP) ? 'ADF not defined' : `ADF ${formatPValue(unitRootP)}`
  return `${scalar.name} ${meaning} (KPSS ${kpssText(kpssP)}, ${unitRoot})`
}

function detailsOf({ scalar: { name }, ...tests }: ObservableTests) {
  return [
    { label: `split-R̂ of quarters, ${name}`, value: tests.rhat, unit: '' },
    { label: `... by chance below, ${name}`, value: tests.rhatBound, unit: '' },
    { label: `p of KPSS, lag 2τ (null: level; cut to 0.01–0.1), ${name}`, value: tests.kpssP, unit: '' },
    { label: `p of ADF, lag ${unitRootLag} (null: unit root), ${name}`, value: tests.unitRootP, unit: '' },
    {
      label: `Geweke z${tests.isGewekeShort ? ' (parts too short, rejects too often)' : ''}, ${name}`,
      value: tests.geweke,
      unit: '',
    },
    { label: `p of the trend, Newey–West lag 2τ (null: none), ${name}`, value: tests.trendP, unit: '' },
  ].filter(({ value }) => Number.isFinite(value))
}
