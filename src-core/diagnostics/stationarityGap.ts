import { formatInterval } from '../format/formatEstimate.ts'
import { formatNumber } from '../format/formatNumber.ts'
import { batchMeans, batchMeansInterval } from '../statistics/batchMeans.ts'
import { mean, standardDeviation } from '../statistics/moments.ts'
import { slopeByBatchMeans } from '../statistics/slopeByBatchMeans.ts'
import { createDiagnosticResult } from './createDiagnosticResult.ts'
import type { DiagnosticResult, NamedNumber } from './diagnosticResult.ts'
import type { JudgedScalar, SegmentContext } from './segmentContext.ts'
import { batchTrendChart } from './trendChart.ts'

/**
 * `positive`: the mean gap exceeds the tolerance. `vanishing`: it ends below the tolerance and still falls, or sits at the rounding floor.
 * `small`: it is below or across the tolerance but neither zero nor falling. `unresolved`: its interval includes zero. `missing`: no gradient norm.
 */
export type GapFinding = 'positive' | 'vanishing' | 'small' | 'unresolved' | 'missing'

/** Share of the judged part whose mean counts as "the end". */
const endShare = 0.2
/** ‖∇f‖² relative to its initial value at which rounding, in single precision at the worst, decides. */
const roundingFloor = 1e-13

/**
 * The stationarity gap ‖∇f(θ)‖² of the judged part: mean with a 20-batch-means t interval, compared with a scale-free tolerance (a share of its initial value).
 * The paper's central quantity: zero at a stationary point, positive under an invariant measure (Zhang et al. 2022).
 * Needs an exact or unbiased ‖∇f‖²; the norm of an averaged batch gradient is biased upwards by tr Σ/m. Unbiased estimates may be negative and are not clipped.
 */
export function diagnoseStationarityGap(context: SegmentContext): { finding: GapFinding; result: DiagnosticResult } {
  const gap = context.scalars.find(({ kind }) => kind === 'gap')
  if (!gap || gap.values.length < 3) return missingGap()
  const initial = context.run.scalars.gradient_norm_squared?.values[0] ?? Number.NaN
  const tolerance = context.margins.gapOfInitial * Math.abs(initial)
  const interval = batchMeansInterval(gap.values)
  const fall = logFall(gap.values)
  const finding = findGap(gap.values, interval, { initial, tolerance, isFalling: fall.p < 0.01 && fall.drift < -Math.log(2) })
  const isEstablished = finding === 'positive' || finding === 'vanishing'
  return {
    finding,
    result: createDiagnosticResult({
      id: 'stationarity-gap',
      title: 'Stationarity gap',
      symbol: '‖∇f‖²',
      estimate: interval.mean,
      low: interval.low,
      high: interval.high,
      sampleSize: gap.values.length,
      effectiveSampleSize: gap.effectiveSampleSize,
      autocorrelationTime: gap.autocorrelationTime,
      threshold: tolerance,
      verdict: isEstablished ? 'pass' : finding === 'small' ? 'warn' : 'unknown',
      reason: `mean ${formatInterval(interval.mean, interval.low, interval.high)}, tolerance ${formatNumber(tolerance)}`,
      summary: summaries[finding],
      assumption: 'The recorded ‖∇f‖² is exact or unbiased, measured on probe batches that training did not use at that step.',
      details: [...gapDetails(context, gap, initial), { label: 'log change over the segment', value: fall.drift, unit: '' }],
      charts: [batchTrendChart(gap, { interval, initial, reference: tolerance, logarithmic: finding === 'vanishing' })],
    }),
  }
}

const summaries: Record<GapFinding, string> = {
  positive: 'The full gradient stays away from zero.',
  vanishing: 'The full gradient vanishes.',
  small: 'The full gradient is small beside its initial size, yet neither zero nor falling.',
  unresolved: 'The gradient norm is too noisy to tell from zero.',
  missing: 'The full gradient was not recorded.',
}

function missingGap(): { finding: GapFinding; result: DiagnosticResult } {
  return {
    finding: 'missing',
    result: createDiagnosticResult({
      id: 'stationarity-gap',
      title: 'Stationarity gap',
      symbol: '‖∇f‖²',
      verdict: 'unknown',
      reason: 'cannot say: no full gradient norm was recorded; record probe/gradient_norm or give the role gradient_norm',
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
  const end = values.subarray(Math.floor((1 - endShare) * values.length))
  if (end.every((value) => Math.abs(value) <= roundingFloor * Math.abs(level.initial))) return 'vanishing'
  const endInterval = batchMeansInterval(end)
  if (level.isFalling && endInterval.high <= level.tolerance) return 'vanishing'
  if (interval.low > level.tolerance) return 'positive'
  return interval.low > 0 ? 'small' : 'unresolved'
}

/** Trend of the logarithm of ‖∇f‖², by batch means of the values, so that single negative estimates do no harm. */
function logFall(values: Float64Array): { drift: number; p: number } {
  const batchCount = Math.min(40, values.length)
  const means = batchMeans(values, batchCount, Math.floor(values.length / batchCount)).map(Math.log)
  if (!means.every(Number.isFinite)) return { drift: Number.NaN, p: Number.NaN }
  return slopeByBatchMeans(means, Math.floor(batchCount / 2))
}

function gapDetails({ judged }: SegmentContext, gap: JudgedScalar, initial: number): NamedNumber[] {
  const level = mean(gap.values)
  const noise = judged.scalars.noise_trace ? mean(judged.scalars.noise_trace.values) : Number.NaN
  const error = judged.scalars.gradient_norm_squared_standard_error
  const batchSize = judged.config.batchSize ?? Number.NaN
  const details = [
    { label: 'initial value', value: initial, unit: '' },
    { label: 'times the initial value', value: level / initial, unit: '' },
    { label: 'standard deviation', value: standardDeviation(gap.values), unit: '' },
    { label: 'smallest value', value: gap.values.reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY), unit: '' },
    { label: 'noise trace tr Σ', value: noise, unit: '' },
    { label: 'signal share ‖∇f‖²/(‖∇f‖² + tr Σ)', value: level / (level + noise), unit: '' },
    { label: 'noise scale B·tr Σ/‖∇f‖²', value: (batchSize * noise) / level, unit: 'examples' },
    { label: 'standard error of one probe', value: error ? mean(error.values) : Number.NaN, unit: '' },
  ]
  return details.filter(({ value }) => Number.isFinite(value))
}
