import { unitSpace } from '../../format/characters.ts'
import { formatInterval } from '../../format/formatEstimate.ts'
import { formatNumber } from '../../format/formatNumber.ts'
import { formatPValue } from '../../format/formatPValue.ts'
import { augmentedDickeyFuller } from '../../statistics/augmentedDickeyFuller.ts'
import { gewekeZ } from '../../statistics/geweke.ts'
import { kpss } from '../../statistics/kpss.ts'
import { isConstant, quantileOfSorted, standardDeviation } from '../../statistics/moments.ts'
import { sortedCopy } from '../../statistics/sortWithOrder.ts'
import { neweyWestTrend } from '../../statistics/neweyWest.ts'
import { createDiagnosticResult } from '../results/createDiagnosticResult.ts'
import type { DiagnosticResult } from '../results/diagnosticResult.ts'
import { driftTest, type DriftTest } from './driftTest.ts'
import { intervalDetails } from '../results/intervalDetails.ts'
import type { JudgedScalar, SegmentContext } from './segmentContext.ts'
import { thin } from '../observables/seriesRange.ts'
import { percentText } from '../results/percentText.ts'
import { windowQuantiles } from './windowQuantiles.ts'

export type LossFinding = 'stable' | 'descending' | 'rising' | 'unresolved' | 'missing'

/** Two points in each of the 20 batches of the drift test. */
const fewestPoints = 40
/** The unit-root test is quadratic in its lag and linear in points; this many are plenty. */
const unitRootPointLimit = 5000

/**
 * Has the loss stabilised? Drift over the judged part by 20 batch means, with an equivalence test (two one-sided tests at 5 %) inside a margin:
 * the largest of a share of the mean, a share of the loss's standard deviation over the whole run (its initial decay included), and of its fluctuation around the trend.
 * Absence of a significant trend alone is never called stable. KPSS (lag 2τ), ADF, Geweke's z and the Newey-West trend (lag 2τ) stand beside it as information.
 */
export function diagnoseLossStabilisation(context: SegmentContext): { finding: LossFinding; result: DiagnosticResult } {
  const loss = context.scalars.find(({ kind }) => kind === 'loss')
  if (!loss || loss.values.length < 3) return { finding: 'missing', result: missingLoss() }
  const test = driftTest(loss.values, {
    absolute: lossMargin(context, loss),
    ofFluctuation: context.margins.driftOfFluctuation,
    significance: context.margins.significance,
    minimumEffectiveSampleSize: context.margins.minimumEffectiveSampleSize,
  })
  const finding = findings[test.finding]
  return { finding, result: createLossResult(loss, test, finding, driftUnit(context, loss, test)) }
}

/** What a drift is told as a share of. */
interface DriftUnit {
  readonly margin: 'lossDriftOfMean' | 'lossDriftOfDecay' | 'driftOfFluctuation'
  readonly scale: number
  readonly name: string
}

/** The scale of the margin that decides: a drift that is small against noise would be absurd as a share of a mean near zero. */
function driftUnit({ run, margins }: SegmentContext, loss: JudgedScalar, test: DriftTest): DriftUnit {
  const spread = standardDeviation(run.scalars.loss?.values ?? loss.values)
  const units: DriftUnit[] = [
    { margin: 'lossDriftOfMean', scale: Math.abs(test.mean), name: 'of its mean' },
    { margin: 'lossDriftOfDecay', scale: spread, name: 'of its spread since the start' },
    { margin: 'driftOfFluctuation', scale: test.fluctuation, name: 'of its standard deviation' },
  ]
  const widthOf = ({ margin, scale }: DriftUnit): number => margins[margin] * scale
  return units.reduce((widest, unit) => (widthOf(unit) > widthOf(widest) ? unit : widest))
}

const findings = { none: 'stable', down: 'descending', up: 'rising', unresolved: 'unresolved' } as const

const summaries: Record<LossFinding, string> = {
  stable: 'The loss has settled.',
  descending: 'The loss still falls.',
  rising: 'The loss rises.',
  unresolved: 'The loss may or may not have settled: too few independent samples for the margin.',
  missing: 'No loss was recorded.',
}

const assumption = 'Batch means are nearly independent: each batch spans several autocorrelation times.'

function missingLoss(): DiagnosticResult {
  return createDiagnosticResult({
    id: 'loss-stabilisation',
    title: 'Loss stabilisation',
    symbol: 'drift',
    verdict: 'unknown',
    reason: 'cannot say: no loss was recorded; record probe/loss or give the role loss',
    summary: summaries.missing,
    assumption,
  })
}

/** Largest drift of the loss over the judged part that counts as none, apart from its fluctuation: a share of its mean or of its initial decay. */
export function lossMargin({ run, margins }: SegmentContext, loss: JudgedScalar): number {
  const whole = run.scalars.loss?.values ?? loss.values
  const level = Math.abs(loss.values.reduce((sum, value) => sum + value, 0) / loss.values.length)
  return Math.max(margins.lossDriftOfMean * level, margins.lossDriftOfDecay * standardDeviation(whole))
}

function createLossResult(
  loss: JudgedScalar,
  test: DriftTest,
  finding: LossFinding,
  { margin, scale, name }: DriftUnit,
): DiagnosticResult {
  const lag = Math.min(Math.ceil(2 * (loss.autocorrelationTime || 1)), loss.values.length >> 1)
  const level = kpss(loss.values, lag)
  const unitRoot = augmentedDickeyFuller(thin(loss.values, unitRootPointLimit).values, 10)
  return createDiagnosticResult({
    id: 'loss-stabilisation',
    title: 'Loss stabilisation',
    symbol: 'drift',
    estimate: test.drift / scale,
    low: test.low / scale,
    high: test.high / scale,
    confidence: 0.9,
    sampleSize: loss.values.length,
    effectiveSampleSize: loss.effectiveSampleSize,
    autocorrelationTime: loss.autocorrelationTime,
    unit: name,
    marginLow: -test.margin / scale,
    marginHigh: test.margin / scale,
    margin,
    verdict: finding === 'stable' ? 'pass' : finding === 'unresolved' ? 'unknown' : 'fail',
    reason: lossReason(loss, test, { scale, name }),
    summary: summaries[finding],
    assumption,
    details: [
      { label: 'mean loss', value: test.mean, unit: '' },
      { label: 'fluctuation', value: test.fluctuation, unit: '' },
      { label: 'p of no trend', value: test.p, unit: '' },
      { label: `p of KPSS, lag ${formatNumber(lag)} (null: level)`, value: level.p, unit: '' },
      { label: 'p of ADF, lag 10 (null: unit root)', value: unitRoot.p, unit: '' },
      {
        label: `p of the trend, Newey–West lag ${formatNumber(lag)} (null: none)`,
        value: neweyWestTrend(loss.values, lag).p,
        unit: '',
      },
      { label: 'Geweke z (not for verdicts)', value: gewekeZ(loss.values), unit: '' },
      ...intervalDetails('mean change per step', changePerStep(loss), 'per step'),
    ],
    charts: [windowQuantiles(loss, test)],
  })
}

function lossReason({ values }: JudgedScalar, test: DriftTest, { scale, name }: Omit<DriftUnit, 'margin'>): string {
  if (isConstant(values)) return 'the loss does not vary'
  if (!Number.isFinite(test.drift)) return `${values.length} judged points of the loss, ${fewestPoints} are needed`
  const percent = (value: number): number => (100 * value) / scale
  const found = `drift ${formatInterval(percent(test.drift), percent(test.low), percent(test.high))}${unitSpace}% ${name}`
  const margin = `±${unitSpace}${percentText(test.margin / scale)}`
  return test.finding === 'unresolved'
    ? `${found} reaches beyond the margin of ${margin}, and may be none: ${formatPValue(test.p)}`
    : `${found}, margin ${margin}, ${formatPValue(test.p)}`
}

/**
 * Mean of f(θ_{t+1}) − f(θ_t) over T steps. It telescopes to (f(θ_T) − f(θ_0))/T, so it goes to zero like 1/T for every bounded loss; its 95 % interval is that of a difference
 * of two independent values of one law over T: the 95 % quantile of the differences of values half a record apart, because a loss is skewed.
 */
function changePerStep({ steps, values }: JudgedScalar): { mean: number; low: number; high: number } {
  const span = (steps.at(-1) ?? Number.NaN) - (steps[0] ?? Number.NaN)
  const change = ((values.at(-1) ?? Number.NaN) - (values[0] ?? Number.NaN)) / span
  const half = values.length >> 1
  const differences = values.subarray(half).map((value, i) => Math.abs(value - (values[i] ?? Number.NaN)))
  const halfWidth = quantileOfSorted(sortedCopy(differences), 0.95) / span
  return { mean: change, low: change - halfWidth, high: change + halfWidth }
}
