import { formatExact } from '../../../format/formatExact.ts'
import { formatInterval } from '../../../format/formatEstimate.ts'
import { formatNumber } from '../../../format/formatNumber.ts'
import { meanInterval } from '../../../statistics/meanInterval.ts'
import { mean } from '../../../statistics/moments.ts'
import { isAwayFromZero, ratioInterval } from '../../../statistics/ratioInterval.ts'
import { alignSeries } from '../../observables/alignSeries.ts'
import { exactRemainder, isInconsistent, meanRemainder, type BalanceRemainder } from './balanceRemainder.ts'
import type { BalanceFinding, BalanceOutcome } from './balanceOutcome.ts'
import { createDiagnosticResult } from '../../results/createDiagnosticResult.ts'
import type { ForestChart, NamedNumber } from '../../results/diagnosticResult.ts'
import type { DiagnosticMargins } from '../../results/margins.ts'
import { intervalDetails } from '../../results/intervalDetails.ts'
import { objectiveGap, objectiveLoss } from '../../observables/objective.ts'
import type { RunObservables, ScalarSeries } from '../../observables/observables.ts'
import type { SegmentContext } from '../segmentContext.ts'
import { isSgd } from '../../observables/updateRule.ts'

const fewestPoints = 20

interface Interval {
  readonly mean: number
  readonly low: number
  readonly high: number
}

/** The loss that is descended, weight decay included; the loss alone, where with decay ‖θ‖² was not recorded; or the sum of both terms. */
type NetSource = 'objective' | 'loss' | 'both terms'

/** Per step, in units of the loss; NaN where it was not recorded. */
interface StepTerms {
  /** −η⟨∇f(θ_t), v_{t+1}⟩. */
  readonly descent: Interval
  /** ½η²v'ᵀHv'. */
  readonly curvature: Interval
  /** Sum of both. */
  readonly secondOrder: Interval
  /** Change of the loss, between the means of its first and last tenth; without an interval, as it telescopes. */
  readonly net: Interval
  readonly source: NetSource
  /** R₃; missing where the loss or a term is. */
  readonly remainder: BalanceRemainder | undefined
  /** Whether the descent can be told from zero, and from the rounding of the loss. */
  readonly isAboveFloor: boolean
  /** |net|/|descent|. */
  readonly index: Interval
  readonly sampleSize: number
}

/**
 * Balance index |net|/|descent| of the exact one-step form E[f(θ')−f(θ)] = −ηE⟨∇f, v'⟩ + ½η²E[v'ᵀHv'] + R₃ (R₃ = 0 for a quadratic).
 * Net is the change of the recorded loss between the means of its first and last tenth, else the sum of both recorded terms. Without momentum E⟨∇f, v'⟩ = E‖∇f‖². All of the objective with weight decay, where there is any: λ/2‖θ‖² is added to the loss; where ‖θ‖² was not recorded the net is that of the loss alone, and R₃ is not said.
 * The mean net change of any bounded loss telescopes to zero; what the index shows is that the descent is *not* small beside it.
 * Below 0.01 in the constant-rate reference runs that do not interpolate, above 0.85 in one that does (test/unit/diagnostics/referenceVerdicts.test.ts). Intervals by batch means over the checkpoints (`meanInterval`);
 * R₃ where the loss and both terms are known, from the steps themselves where all were recorded at each. A balance whose terms do not add up to the change of the loss (`isInconsistent`) is none: `unresolved`, with a warning. Where the interval of the descent holds zero, or the descent over the whole part is below the rounding of the loss, or the interval of the index
 * reaches across its limit, `unresolved`.
 *
 * @returns undefined when the learning rate or the descent term is not known, and for an optimiser whose step is not −ηv
 */
export function balanceBySteps(context: SegmentContext): BalanceOutcome | undefined {
  const terms = stepTerms(context)
  if (!terms) return undefined
  const { balanceIndex } = context.margins
  const index = terms.index.mean
  const found = findBalance(terms, context.margins)
  const { remainder, descent, curvature } = terms
  const isMismatch =
    found === 'balanced' && remainder !== undefined && isInconsistent(remainder, descent.mean, curvature.mean)
  const finding = isMismatch ? 'unresolved' : found
  const result = createDiagnosticResult({
    id: 'balance',
    title: 'Balance',
    symbol: 'net/descent',
    ...(terms.isAboveFloor ? { estimate: index, low: terms.index.low, high: terms.index.high } : {}),
    sampleSize: terms.sampleSize,
    unit: '',
    marginLow: 0,
    marginHigh: balanceIndex,
    threshold: balanceIndex,
    margin: 'balanceIndex',
    verdict: isMismatch ? 'warn' : verdicts[finding],
    reason: isMismatch
      ? `${reasonOf(terms, balanceIndex)}, but the terms add up to ${formatNumber(terms.secondOrder.mean)} per step`
      : reasonOf(terms, balanceIndex),
    summary: isMismatch ? mismatchSummary : summaries[finding],
    assumption: 'The descent term uses the full gradient and the buffer of the same step.',
    details: termDetails(terms),
    charts: [stepsChart(terms, balanceIndex)],
  })
  return { finding, result }
}

/** Established where the whole interval of the index is on one side of the limit. */
function findBalance(
  { index, net, isAboveFloor }: StepTerms,
  { balanceIndex, descentIndex }: DiagnosticMargins,
): BalanceFinding {
  if (isAboveFloor && index.high <= balanceIndex) return 'balanced'
  if (!isAboveFloor || index.low <= balanceIndex) return 'unresolved'
  if (net.mean > 0) return 'ascent'
  return index.mean < descentIndex ? 'partial' : 'descent'
}

const verdicts = { balanced: 'pass', partial: 'warn', ascent: 'warn', descent: 'fail', unresolved: 'unknown' } as const

const summaries: Record<BalanceFinding, string> = {
  balanced: 'Descent and diffusion cancel.',
  partial: 'Descent is held by diffusion only in part.',
  ascent: 'Diffusion outweighs descent: the loss rises.',
  descent: 'Nothing holds the descent: the loss falls by what the gradient gives.',
  unresolved: 'Descent and diffusion cannot be compared: they are too small or too noisy.',
}

const mismatchSummary = 'The terms do not add up to the change of the loss: check the learning rate.'

function reasonOf({ descent, net, index, isAboveFloor }: StepTerms, limit: number): string {
  const descentText = `descent ${formatInterval(descent.mean, descent.low, descent.high)} per step`
  return isAboveFloor
    ? `${descentText}, net ${formatNumber(net.mean)}: index ${formatInterval(index.mean, index.low, index.high)}, limit ${formatExact(limit)}`
    : `${descentText} cannot be told from zero, so its ratio to the net change means nothing`
}

function termDetails({
  descent,
  curvature,
  net,
  secondOrder,
  source,
  remainder,
  isAboveFloor,
}: StepTerms): NamedNumber[] {
  const unit = 'loss per step'
  return [
    ...intervalDetails('descent per step', descent, unit),
    { label: 'diffusion per step', value: net.mean - descent.mean, unit },
    {
      label: `net change per step, from ${source === 'both terms' ? source : 'the means of the first and last tenth of the loss'}`,
      value: net.mean,
      unit,
    },
    { label: 'change of the loss per step, first to last', value: remainder?.change ?? Number.NaN, unit },
    ...intervalDetails('curvature term per step', curvature, unit),
    ...intervalDetails('sum of both terms per step', secondOrder, unit),
    ...(remainder
      ? intervalDetails(
          `remainder beyond second order, R₃${remainder.isExact ? '' : ', from the net change'}`,
          remainder,
          unit,
        )
      : []),
    {
      label: 'non-quadratic share |R₃|/|descent|',
      value: isAboveFloor && remainder ? Math.abs(remainder.mean / descent.mean) : Number.NaN,
      unit: '',
    },
  ].filter(({ value }) => Number.isFinite(value))
}

function stepsChart({ descent, curvature, net, secondOrder, remainder }: StepTerms, limit: number): ForestChart {
  const row = (label: string, { mean: estimate, low, high }: Interval, isReference = false) => ({
    label,
    estimate,
    low,
    high,
    isReference,
  })
  const margin = limit * Math.abs(descent.mean)
  return {
    kind: 'forest',
    title: 'Descent against diffusion, per step',
    xName: 'change of the loss per step',
    rows: [
      row('descent', descent),
      row('diffusion', exactly(net.mean - descent.mean)),
      row('curvature term', curvature),
      row('net', net),
      row('sum of both terms', secondOrder, true),
      ...(remainder ? [row('remainder R₃', remainder, true)] : []),
    ].filter(({ estimate }) => Number.isFinite(estimate)),
    marginLow: -margin,
    marginHigh: margin,
  }
}

function exactly(value: number): Interval {
  return { mean: value, low: Number.NaN, high: Number.NaN }
}

function stepTerms(context: SegmentContext): StepTerms | undefined {
  const { judged, range } = context
  const { learningRate, momentum = 0 } = range.hyperparameters
  const { gradient_dot_next_buffer: velocity } = judged.scalars
  const product = velocity ?? (momentum === 0 ? objectiveGap(judged) : undefined)
  if (
    !isSgd(range.hyperparameters) ||
    learningRate === undefined ||
    !(learningRate > 0) ||
    !product ||
    product.values.length < fewestPoints
  )
    return undefined
  const descents = product.values.map((value) => -learningRate * value)
  const { curvature, secondOrder, ratio } = secondOrderTerms(judged, learningRate)
  const { change, source } = lossChange(judged)
  const net = source === 'both terms' ? secondOrder : exactly(change)
  if (!Number.isFinite(net.mean)) return undefined
  const descent = meanInterval(descents)
  return {
    descent,
    curvature,
    secondOrder,
    net,
    source,
    remainder:
      source === 'objective' ? (exactRemainder(judged, learningRate) ?? meanRemainder(change, secondOrder)) : undefined,
    isAboveFloor: isAwayFromZero(descents) && !isRounding(descent.mean, context),
    index: source === 'both terms' ? indexOfRatio(ratio) : indexOfExact(change, descent),
    sampleSize: product.values.length,
  }
}

/** A descent that over the whole judged part stays below the last digits of the loss. */
function isRounding(descent: number, { judged }: SegmentContext): boolean {
  const loss = judged.scalars.loss
  if (!loss || loss.values.length === 0) return false
  const span = (loss.steps.at(-1) ?? Number.NaN) - (loss.steps[0] ?? Number.NaN)
  return Math.abs(descent) * span < 1e-13 * Math.abs(mean(loss.values))
}

/** Change of the loss per step, from the means of its first and last tenth so that single values do not decide. */
function lossChange(observables: RunObservables): { change: number; source: NetSource } {
  const known = { objective: objectiveLoss(observables), loss: observables.scalars.loss }
  for (const source of ['objective', 'loss'] as const) {
    const series = known[source]
    const change = series && series.values.length >= fewestPoints ? changePerStep(series) : Number.NaN
    if (Number.isFinite(change) && observables.lossSource !== 'batch') return { change, source }
  }
  return { change: Number.NaN, source: 'both terms' }
}

/** The net change is that of the record itself: what is uncertain is the descent. */
function indexOfExact(net: number, descent: Interval): Interval {
  const ends = [Math.abs(net / descent.low), Math.abs(net / descent.high)]
  return { mean: Math.abs(net / descent.mean), low: Math.min(...ends), high: Math.max(...ends) }
}

function indexOfRatio({ mean: ratio, low, high }: Interval): Interval {
  const ends = [Math.abs(low), Math.abs(high)]
  return { mean: Math.abs(ratio), low: low <= 0 && high >= 0 ? 0 : Math.min(...ends), high: Math.max(...ends) }
}

/** The curvature term, the sum of both, and the ratio of the sum to the descent, at the steps that both terms have. */
function secondOrderTerms(
  { scalars }: RunObservables,
  learningRate: number,
): { curvature: Interval; secondOrder: Interval; ratio: Interval } {
  const unknown = exactly(Number.NaN)
  const { gradient_dot_next_buffer: velocity, next_buffer_hessian_form: form } = scalars
  const [products = new Float64Array(), forms = products] = velocity && form ? alignSeries([velocity, form]) : []
  if (products.length < fewestPoints) return { curvature: unknown, secondOrder: unknown, ratio: unknown }
  const descents = products.map((value) => -learningRate * value)
  const curvatures = forms.map((value) => 0.5 * learningRate ** 2 * value)
  const sums = descents.map((value, i) => value + (curvatures[i] ?? Number.NaN))
  return {
    curvature: meanInterval(curvatures),
    secondOrder: meanInterval(sums),
    ratio: ratioInterval(sums, descents),
  }
}

/** (f(θ_T) − f(θ_0))/T of the judged part, from the means of its first and last tenth so that single values do not decide. */
function changePerStep({ steps, values }: ScalarSeries): number {
  const share = Math.floor(values.length / 10)
  const end = values.length - share
  const span = mean(steps.subarray(end)) - mean(steps.subarray(0, share))
  return (mean(values.subarray(end)) - mean(values.subarray(0, share))) / span
}
