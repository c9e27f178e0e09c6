import { meanInterval } from '../../../statistics/meanInterval.ts'
import { mean } from '../../../statistics/moments.ts'
import { isAwayFromZero, ratioInterval } from '../../../statistics/ratioInterval.ts'
import { alignSeries } from '../../observables/alignSeries.ts'
import { objectiveGap } from '../../observables/objective.ts'
import type { ScalarSeries } from '../../observables/observables.ts'
import type { SegmentContext } from '../segmentContext.ts'
import { preconditionedThreshold, sharpnessThreshold } from './sharpnessThreshold.ts'
import { isPreconditioned, isSgd } from '../../observables/updateRule.ts'

/** A curvature along some direction, with its interval over the probes, and the value at which a quadratic loses stability along it. */
export interface Curvature {
  readonly name: string
  readonly mean: number
  readonly low: number
  readonly high: number
  readonly sampleSize: number
  readonly threshold: number
  /** Mean half-width of the error of one value, or NaN. */
  readonly residual: number
}

/**
 * λ_max with the weight decay added, against the threshold of the optimiser; directional sharpness ∇fᵀH∇f/‖∇f‖² and batch sharpness E gᵀHg/E‖g‖²
 * (Andreyev & Beneventano 2024), both against 2/η. Means over the judged part with 95 % intervals (`meanInterval`, ratios by the delta method);
 * the interval of λ_max is widened by the mean Lanczos residual. Batch sharpness is taken as recorded, else from gᵀHg of independent batches over ‖g‖².
 * Under an optimiser of Adam's kind only the largest eigenvalue of the preconditioned Hessian has a threshold; under any other but SGD none has. Such curvatures have a threshold of NaN.
 * What was not recorded is left out.
 */
export function measureCurvatures(context: SegmentContext): Curvature[] {
  const { scalars } = context.judged
  const { learningRate = Number.NaN, weightDecay = 0 } = context.range.hyperparameters
  const residual = scalars.sharpness_residual ? mean(scalars.sharpness_residual.values.map(Math.abs)) : Number.NaN
  const error = Number.isFinite(residual) ? residual : 0
  const largest = meanOf(scalars.sharpness)
  const simple = isSgd(context.range.hyperparameters) ? 2 / learningRate : Number.NaN
  return [
    ...(isPreconditioned(context.range.hyperparameters) ? meanOf(scalars.preconditioned_sharpness) : []).map(
      (interval) => ({
        ...interval,
        name: 'λ_max, preconditioned',
        threshold: preconditionedThreshold(context.range.hyperparameters),
        residual: Number.NaN,
      }),
    ),
    ...largest.map((interval) => ({
      ...interval,
      name: weightDecay > 0 ? 'λ_max + decay' : 'λ_max',
      mean: interval.mean + weightDecay,
      low: interval.low + weightDecay - error,
      high: interval.high + weightDecay + error,
      threshold: sharpnessThreshold(context.range.hyperparameters),
      residual,
    })),
    ...(scalars.directional_sharpness
      ? meanOf(scalars.directional_sharpness)
      : ratioOf(scalars.gradient_hessian_form, objectiveGap(context.judged))
    ).map((interval) => ({ ...interval, name: 'directional', threshold: simple, residual: Number.NaN })),
    ...(scalars.batch_sharpness
      ? meanOf(scalars.batch_sharpness)
      : ratioOf(scalars.stochastic_gradient_hessian_form, scalars.stochastic_gradient_norm_squared)
    ).map((interval) => ({ ...interval, name: 'batch', threshold: simple, residual: Number.NaN })),
  ]
}

type Interval = Pick<Curvature, 'mean' | 'low' | 'high' | 'sampleSize'>

function meanOf(series: ScalarSeries | undefined): Interval[] {
  if (!series || series.values.length === 0) return []
  const { mean: estimate, low, high } = meanInterval(series.values)
  return [{ mean: estimate, low, high, sampleSize: series.values.length }]
}

/** Ratio of means at the common steps; nothing where the denominator is not away from zero. */
function ratioOf(numerator: ScalarSeries | undefined, denominator: ScalarSeries | undefined): Interval[] {
  if (!numerator || !denominator) return []
  const [above = new Float64Array(), below = above] = alignSeries([numerator, denominator])
  if (!isAwayFromZero(below)) return []
  const { mean: estimate, low, high } = ratioInterval(above, below)
  return [{ mean: estimate, low, high, sampleSize: above.length }]
}
