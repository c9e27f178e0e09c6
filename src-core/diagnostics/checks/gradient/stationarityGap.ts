import { formatInterval } from '../../../format/formatEstimate.ts'
import { formatNumber } from '../../../format/formatNumber.ts'
import { batchMeansInterval } from '../../../statistics/batchMeans.ts'
import { meanInterval } from '../../../statistics/meanInterval.ts'
import { mean } from '../../../statistics/moments.ts'
import { createDiagnosticResult } from '../../results/createDiagnosticResult.ts'
import type { DiagnosticResult } from '../../results/diagnosticResult.ts'
import { gapDetails } from './gapDetails.ts'
import { drawnShare } from '../../observables/halfBatchSignal.ts'
import { decayedGapNeeded, isGapWithoutDecay } from '../../observables/objective.ts'
import { exponentialChange, fallsUntilTheEnd, powerLawChange } from '../loss/logFall.ts'
import { leftShare } from '../../observables/segments.ts'
import type { SegmentContext } from '../segmentContext.ts'
import { batchTrendChart } from '../trendChart.ts'

/**
 * `positive`: the mean gap exceeds the tolerance. `vanishing`: it ends below the tolerance and still falls, or sits at the rounding floor.
 * `small`: it is below or across the tolerance but neither zero nor falling. `unresolved`: its interval includes zero. `missing`: no gradient norm.
 */
export type GapFinding = 'positive' | 'vanishing' | 'small' | 'unresolved' | 'missing'

export interface GapOutcome {
  readonly finding: GapFinding
  /** ‖∇f‖² falls significantly and at least by half over the judged part, and until its end. */
  readonly isFalling: boolean
  readonly result: DiagnosticResult
}

/** Share of the judged part whose mean counts as "the end". */
const endShare = 0.2
/** ‖∇f‖² relative to its initial value at which rounding, in single precision at the worst, decides. */
const roundingFloor = 1e-13

/**
 * The stationarity gap ‖∇f(θ)‖² of the judged part: mean with a 20-batch-means t interval, compared with a scale-free tolerance (a share of its initial value).
 * The paper's central quantity: zero at a stationary point, positive under an invariant measure (Zhang et al. 2022).
 * Needs an exact or unbiased ‖∇f‖²; the norm of an averaged batch gradient is biased upwards by tr Σ/m. Unbiased estimates may be negative and are not clipped.
 */
export function diagnoseStationarityGap(context: SegmentContext): GapOutcome {
  const gap = context.scalars.find(({ kind }) => kind === 'gap')
  if (!gap || gap.values.length < 3) return missingGap()
  const initial = context.run.scalars.gradient_norm_squared?.values[0] ?? Number.NaN
  const isDecaying = context.range.isDecaying === true
  const margin = isDecaying ? 'gapOfInitialUnderDecay' : 'gapOfInitial'
  const tolerance = context.margins[margin] * Math.abs(initial)
  const interval = meanInterval(gap.values)
  const fall = isDecaying ? powerLawChange(gap.values) : exponentialChange(gap.values)
  const isFalling = fall.p < context.margins.significance && fall.drift < -Math.log(2)
  const goesOn = (leastFall?: number) =>
    isDecaying || fallsUntilTheEnd(gap.values, fall.drift, context.margins.significance, leastFall)
  // The gap of a stationary law follows the learning rate: of a schedule that does not decay, down to `leftShare` at the most.
  const isConverging = isFalling && goesOn(context.range.isConstant ? 0 : -Math.log(leftShare))
  const found = findGap(gap.values, interval, { initial, tolerance, isFalling: isConverging })
  // The halves of training batches cannot show that a gradient vanishes: their bias is as large as what is left of it.
  const finding = found === 'vanishing' && isBiased(context) ? 'small' : found
  const end = mean(endOf(gap.values))
  const errors = context.judged.scalars.gradient_norm_squared_standard_error
  const symbol = context.run.isDecayedGap ? '‖∇f+λθ‖²' : '‖∇f‖²'
  const isEstablished = finding === 'positive' || finding === 'vanishing'
  return {
    finding,
    isFalling: isFalling && goesOn(),
    result: createDiagnosticResult({
      id: 'stationarity-gap',
      title: 'Stationarity gap',
      symbol,
      estimate: interval.mean,
      low: interval.low,
      high: interval.high,
      sampleSize: gap.values.length,
      effectiveSampleSize: gap.effectiveSampleSize,
      autocorrelationTime: gap.autocorrelationTime,
      threshold: tolerance,
      margin,
      verdict: isEstablished
        ? isBiased(context) || isGapWithoutDecay(context.run)
          ? 'warn'
          : 'pass'
        : finding === 'small'
          ? 'warn'
          : 'unknown',
      reason:
        finding === 'vanishing'
          ? initial === 0
            ? `${symbol} is zero from its first value on`
            : `the last fifth of ${symbol} has the mean ${formatNumber(end)}, ${formatNumber(end / initial)} of its initial value, its last value is ${formatNumber(gap.values.at(-1) ?? Number.NaN)}; tolerance ${formatNumber(tolerance)}`
          : `mean ${formatInterval(interval.mean, interval.low, interval.high)}, tolerance ${formatNumber(tolerance)}${isGapWithoutDecay(context.run) ? `; ${decayedGapNeeded}` : ''}`,
      summary: summaries[finding],
      assumption: assumptionOf(context),
      details: [
        ...gapDetails(context, gap, initial),
        { label: 'mean of the last fifth', value: end, unit: '' },
        { label: 'log change over the segment', value: fall.drift, unit: '' },
      ],
      charts: [
        batchTrendChart(gap, {
          interval,
          initial,
          reference: tolerance,
          ...(errors && { standardErrors: errors }),
          logarithmic: finding === 'vanishing',
        }),
      ],
    }),
  }
}

/** Halves of reshuffled batches: θ has already used the rest of the epoch. */
function isBiased({ run, range }: SegmentContext): boolean {
  return run.gapSource === 'half-batches' && range.hyperparameters.sampling !== 'iid'
}

function assumptionOf(context: SegmentContext): string {
  if (isGapWithoutDecay(context.run))
    return 'The recorded ‖∇f‖² is of the loss without weight decay, while the run descends the loss with it: ∇f + λθ may vanish where ∇f does not.'
  if (context.run.gapSource !== 'half-batches')
    return `The recorded ${context.run.isDecayedGap ? '‖∇f+λθ‖², of the loss with weight decay,' : '‖∇f‖²'} is exact or unbiased, measured on probe batches that training did not use at that step.`
  if (!isBiased(context))
    return 'From the halves of training batches: unbiased, because examples are drawn independently.'
  return drawnShare(context.range.hyperparameters) > 0
    ? 'From the halves of training batches, corrected for draws without replacement: still biased where epochs are reshuffled, because the weights have used the rest of the epoch.'
    : 'From the halves of training batches, taken as independent draws: biased where epochs are reshuffled; give sampling, batch_size and example_count.'
}

const summaries: Record<GapFinding, string> = {
  positive: 'The full gradient stays away from zero.',
  vanishing: 'The full gradient vanishes.',
  small: 'The full gradient is small beside its initial size, yet neither zero nor falling.',
  unresolved: 'The gradient norm is too noisy to tell from zero.',
  missing: 'The full gradient was not recorded.',
}

function missingGap(): GapOutcome {
  return {
    finding: 'missing',
    isFalling: false,
    result: createDiagnosticResult({
      id: 'stationarity-gap',
      title: 'Stationarity gap',
      symbol: '‖∇f‖²',
      verdict: 'unknown',
      reason:
        'cannot say: no full gradient norm was recorded; record probe/gradient_norm, or give the role gradient_norm or those of half batches',
      summary: summaries.missing,
      assumption: 'The recorded ‖∇f‖² is exact or unbiased.',
    }),
  }
}

function findGap(
  values: Float64Array,
  interval: { low: number; high: number },
  level: { initial: number; tolerance: number; isFalling: boolean },
): GapFinding {
  const end = endOf(values)
  if (end.every((value) => Math.abs(value) <= roundingFloor * Math.abs(level.initial))) return 'vanishing'
  const endInterval = batchMeansInterval(end)
  if (level.isFalling && endInterval.high <= level.tolerance) return 'vanishing'
  if (interval.low > level.tolerance) return 'positive'
  return interval.low > 0 ? 'small' : 'unresolved'
}

function endOf(values: Float64Array): Float64Array {
  return values.subarray(Math.floor((1 - endShare) * values.length))
}
