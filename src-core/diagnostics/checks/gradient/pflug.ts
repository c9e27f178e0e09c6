import { formatInterval } from '../../../format/formatEstimate.ts'
import { meanInterval } from '../../../statistics/meanInterval.ts'
import { mean } from '../../../statistics/moments.ts'
import { ratioInterval } from '../../../statistics/ratioInterval.ts'
import { createDiagnosticResult } from '../../results/createDiagnosticResult.ts'
import type { DiagnosticResult } from '../../results/diagnosticResult.ts'
import { intervalDetails } from '../../results/intervalDetails.ts'
import { objectiveGap } from '../../observables/objective.ts'
import type { ScalarSeries } from '../../observables/observables.ts'
import type { SegmentContext } from '../segmentContext.ts'
import { batchTrendChart } from '../trendChart.ts'
import { isSgd } from '../../observables/updateRule.ts'

const fewestPoints = 40

/**
 * Pflug's statistic (1990), the mean of ⟨g_t, g_{t+1}⟩: positive while plain SGD travels, negative once it jumps about; on a quadratic in its stationary law it is −E‖∇f‖² exactly.
 * 95 % interval by batch means (`meanInterval`). Informs only. `unknown` with momentum, whose buffer correlates the steps, under reshuffling, and where the interval holds zero: at a low signal share
 * the statistic says nothing (Pesme, Dieuleveut, Flammarion 2020).
 */
export function diagnosePflug(context: SegmentContext): DiagnosticResult {
  const products = consecutiveProducts(context)
  if (typeof products === 'string') return missingPflug(products)
  const interval = meanInterval(products.values)
  const isTold = interval.low > 0 || interval.high < 0
  const isPast = interval.high < 0
  const norm = context.judged.scalars.stochastic_gradient_norm_squared
  const text = formatInterval(interval.mean, interval.low, interval.high)
  return createDiagnosticResult({
    ...fixedFields,
    estimate: interval.mean,
    low: interval.low,
    high: interval.high,
    sampleSize: products.values.length,
    threshold: 0,
    verdict: !isTold ? 'unknown' : isPast ? 'pass' : 'warn',
    reason: isTold ? `mean ${text}` : `cannot say: ${text} includes zero; needs more steps, or a larger signal share`,
    summary: !isTold
      ? 'Consecutive gradients neither agree nor oppose each other beyond their noise.'
      : isPast
        ? 'Consecutive gradients oppose each other: the transient is over.'
        : 'Consecutive gradients agree: the run still travels.',
    details: [
      ...(norm ? intervalDetails('mean cosine, ⟨gₜ,gₜ₊₁⟩ over ‖g‖²', cosine(products.values, norm)) : []),
      { label: '−‖∇f‖², its value on a quadratic', value: -gapOf(context), unit: '' },
    ].filter(({ value }) => Number.isFinite(value)),
    charts: [batchTrendChart(products, { interval, initial: Number.NaN, logarithmic: false })],
  })
}

const fixedFields = {
  id: 'pflug',
  title: 'Pflug’s statistic',
  symbol: '⟨gₜ,gₜ₊₁⟩',
  assumption:
    'Plain SGD with independent draws; an unknown sampling rule is taken for that. Its sign tells of the transient, not of a stationary law.',
} as const

function missingPflug(needed: string): DiagnosticResult {
  return createDiagnosticResult({
    ...fixedFields,
    verdict: 'unknown',
    reason: `cannot say: ${needed}`,
    summary: 'The products of consecutive gradients were not recorded, or say nothing for this run.',
  })
}

/** ⟨g_t, g_{t+1}⟩ per step, or why there is none. */
function consecutiveProducts({ judged, range }: SegmentContext): ScalarSeries | string {
  const { momentum = 0, sampling } = range.hyperparameters
  if (momentum > 0 || !isSgd(range.hyperparameters))
    return 'only plain SGD has a known sign; with momentum or another optimizer consecutive steps are correlated; needs a run without momentum'
  if (sampling === 'reshuffled')
    return 'reshuffling correlates the batches of an epoch; needs sampling with replacement (iid)'
  const products = judged.scalars.gradient_dot_buffer
  if (!products)
    return 'needs the role gradient_dot_buffer, or components of the batch gradient (role stochastic_gradient)'
  return products.values.length < fewestPoints
    ? `needs ${fewestPoints} pairs of consecutive steps, there are ${products.values.length}`
    : products
}

/** The means over their own steps: both are of one stationary stretch. */
function cosine(products: Float64Array, { values }: ScalarSeries) {
  const count = Math.min(products.length, values.length)
  return ratioInterval(products.subarray(products.length - count), values.subarray(values.length - count))
}

function gapOf({ judged }: SegmentContext): number {
  const gap = objectiveGap(judged)
  return gap ? mean(gap.values) : Number.NaN
}
