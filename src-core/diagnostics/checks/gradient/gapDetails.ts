import { meanInterval } from '../../../statistics/meanInterval.ts'
import { mean, standardDeviation } from '../../../statistics/moments.ts'
import { alignSeries } from '../../observables/alignSeries.ts'
import type { NamedNumber } from '../../results/diagnosticResult.ts'
import { intervalDetails } from '../../results/intervalDetails.ts'
import type { ScalarSeries } from '../../observables/observables.ts'
import type { JudgedScalar, SegmentContext } from '../segmentContext.ts'
import { isSgd, undampedRate } from '../../observables/updateRule.ts'

/** What stands beside the mean gap: its size at the start, with and without weight decay, scaled by the weights, and as the gain that one step could bring. */
export function gapDetails(context: SegmentContext, gap: JudgedScalar, initial: number): NamedNumber[] {
  const level = mean(gap.values)
  const error = context.judged.scalars.gradient_norm_squared_standard_error
  const floor = error ? 1.96 * Math.sqrt(mean(error.values.map((value) => value * value))) : Number.NaN
  return [
    { label: 'initial value', value: initial, unit: '' },
    { label: 'times the initial value', value: level / initial, unit: '' },
    { label: 'standard deviation', value: standardDeviation(gap.values), unit: '' },
    {
      label: 'smallest value',
      value: gap.values.reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY),
      unit: '',
    },
    ...decayDetails(context),
    ...scaledDetails(context, gap),
    ...gainDetails(context, level),
    { label: 'noise floor of one probe', value: floor, unit: '' },
  ].filter(({ value }) => Number.isFinite(value))
}

/** The mean gap of the objective with and without λ/2‖θ‖², where both were recorded. */
function decayDetails({ judged }: SegmentContext): NamedNumber[] {
  const { decayed_gradient_norm_squared: decayed, gradient_norm: norm } = judged.scalars
  if (!decayed || !norm) return []
  return [
    ...intervalDetails('with weight decay', meanOf(decayed)),
    ...intervalDetails(
      'without weight decay',
      meanOf(norm, (value) => value * value),
    ),
  ]
}

/** ‖θ‖²‖∇f‖²: what scale-invariant weights feel, whose gradient grows as they shrink. */
function scaledDetails({ judged }: SegmentContext, gap: JudgedScalar): NamedNumber[] {
  const norm = judged.scalars.weight_norm_squared
  if (!norm) return []
  const [gaps = new Float64Array(), norms = new Float64Array()] = alignSeries([gap, norm])
  return intervalDetails('scale-free ‖θ‖²‖∇f‖²', meanInterval(gaps.map((value, i) => value * (norms[i] ?? Number.NaN))))
}

/** e·‖∇f‖² with e = η/(1−μ), η(1−d)/(1−μ) with dampening d, of SGD only: to first order what descent along the gradient gains, beside the fluctuation of the loss. A gain of 1e-3 of it or less could not be seen. */
function gainDetails({ range, scalars }: SegmentContext, level: number): NamedNumber[] {
  if (!isSgd(range.hyperparameters)) return []
  const { momentum = 0 } = range.hyperparameters
  const loss = scalars.find(({ kind }) => kind === 'loss')
  const gain = (undampedRate(range.hyperparameters) / (1 - momentum)) * level
  return [
    { label: 'predicted gain η/(1−μ)·‖∇f‖²', value: gain, unit: 'of loss per step' },
    {
      label: 'predicted gain, negligible below 0.001',
      value: loss ? gain / standardDeviation(loss.values) : Number.NaN,
      unit: 'sd of the loss',
    },
  ]
}

function meanOf({ values }: ScalarSeries, map: (value: number) => number = (value) => value) {
  return meanInterval(values.map(map))
}
