import { unitSpace } from '../../../format/characters.ts'
import { formatInterval } from '../../../format/formatEstimate.ts'
import { formatNumber } from '../../../format/formatNumber.ts'
import { formatPValue } from '../../../format/formatPValue.ts'
import { augmentedDickeyFuller } from '../../../statistics/augmentedDickeyFuller.ts'
import { gewekeZ } from '../../../statistics/geweke.ts'
import { kpss } from '../../../statistics/kpss.ts'
import { isConstant, quantileOfSorted, standardDeviation } from '../../../statistics/moments.ts'
import { sortedCopy } from '../../../statistics/sortWithOrder.ts'
import { neweyWestTrend } from '../../../statistics/neweyWest.ts'
import { createDiagnosticResult } from '../../results/createDiagnosticResult.ts'
import type { DiagnosticResult } from '../../results/diagnosticResult.ts'
import { exponentialChange, fallsUntilTheEnd } from './logFall.ts'
import { driftTest, type DriftTest } from '../driftTest.ts'
import { intervalDetails } from '../../results/intervalDetails.ts'
import type { JudgedScalar, SegmentContext } from '../segmentContext.ts'
import { thin } from '../../observables/seriesRange.ts'
import { percentText } from '../../results/percentText.ts'
import { windowQuantiles } from './windowQuantiles.ts'

export type SmallDrift = 'none' | 'down' | 'up'

export type LossFinding = 'stable' | 'descending' | 'rising' | 'unresolved' | 'missing'

/** Two points in each of the 20 batches of the drift test. */
const fewestPoints = 40
/** The unit-root test is quadratic in its lag and linear in points; this many are plenty. */
const unitRootPointLimit = 5000

/**
 * Has the loss stabilised? Drift over the judged part by 20 batch means, with an equivalence test (two one-sided tests at 5 %) inside a margin:
 * the largest of a share of the mean, a share of the loss's standard deviation over the whole run (its initial decay included), and of its fluctuation around the trend.
 * Absence of a significant trend alone is never called stable. A loss that falls geometrically until the end, by half or more over the judged part, descends, however small the fall is beside its start:
 * asked only where no full gradient tells whether the run comes to rest. A drift that is established but smaller than the margin warns. KPSS (lag 2τ), ADF, Geweke's z and the Newey-West trend (lag 2τ) stand beside it as information.
 */
export function diagnoseLossStabilisation(context: SegmentContext): LossOutcome {
  const loss = context.scalars.find(({ kind }) => kind === 'loss')
  if (!loss || loss.values.length < 3) return { finding: 'missing', drift: 'none', result: missingLoss() }
  const test = driftTest(loss.values, {
    absolute: lossMargin(context, loss),
    ofFluctuation: context.margins.driftOfFluctuation,
    significance: context.margins.significance,
    minimumEffectiveSampleSize: context.margins.minimumEffectiveSampleSize,
  })
  const decay = geometricFall(context, loss)
  const finding = Number.isFinite(decay) ? 'descending' : findings[test.finding]
  const isSmall = finding === 'stable' && test.p < context.margins.significance
  const drift = !isSmall ? 'none' : test.drift < 0 ? 'down' : 'up'
  const unit = driftUnit(context, loss, test)
  return { finding, drift, result: createLossResult(loss, test, { finding, drift, decay }, unit) }
}

interface LossOutcome {
  readonly finding: LossFinding
  /** Of a loss that counts as stable: a drift that is established though smaller than the margin. */
  readonly drift: SmallDrift
  readonly result: DiagnosticResult
}

/** Fall of the logarithm of a loss that goes to zero until the end, where nothing else says whether the run comes to rest; NaN for any other. */
export function geometricFall({ scalars, range, margins, judged }: SegmentContext, loss: JudgedScalar): number {
  const isAsked = range.isConstant && judged.lossSource !== 'batch' && !scalars.some(({ kind }) => kind === 'gap')
  // What is too small to be squared counts as zero: the fall is that before.
  const values = loss.values.subarray(0, loss.values.findLastIndex((value) => value !== 0) + 1)
  const fall = exponentialChange(values)
  const isFall = fall.p < margins.significance && fall.drift < -Math.log(2)
  return isAsked && isFall && fallsUntilTheEnd(values, fall.drift, margins.significance) ? fall.drift : Number.NaN
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

const smallDrifts = {
  down: 'The loss still falls, by less than the margin.',
  up: 'The loss still rises, by less than the margin.',
}

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
  { finding, drift, decay }: { finding: LossFinding; drift: SmallDrift; decay: number },
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
    verdict:
      finding === 'stable' ? (drift === 'none' ? 'pass' : 'warn') : finding === 'unresolved' ? 'unknown' : 'fail',
    reason: Number.isFinite(decay) ? fallReason(decay) : lossReason(loss, test, { scale, name }),
    summary: drift === 'none' ? summaries[finding] : smallDrifts[drift],
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

/** A tenth of a power of ten is enough of a fall over many. */
function fallReason(decay: number): string {
  const factor = Math.exp(-decay)
  const told = Number.isFinite(factor)
    ? `a factor of ${formatNumber(factor)}`
    : `${formatNumber(-decay / Math.LN10)} powers of ten`
  return `falls until the end, by ${told} over the judged part, and no full gradient was recorded`
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
