import { alignedRows } from './alignSeries.ts'
import type { Hyperparameters, RunObservables, ScalarSeries } from './observables.ts'
import { isSgd } from './updateRule.ts'

/** Whether F is more than f. */
function isDecayed(config: Hyperparameters): boolean {
  return isSgd(config) && (config.weightDecay ?? 0) > 0
}

/**
 * ‖∇F‖² of the objective F that the run descends: f, and with coupled weight decay λ the sum f + λ/2‖θ‖², whose gradient is ∇f + λθ. Relations between the step and the gradient hold for it alone.
 * Of an optimiser that is no SGD the decay is taken for part of its step, and F for f.
 *
 * @returns undefined where it was not recorded, as when there is decay and only ∇f is known
 */
export function objectiveGap({ scalars, config }: RunObservables): ScalarSeries | undefined {
  return isDecayed(config) ? scalars.decayed_gradient_norm_squared : scalars.gradient_norm_squared
}

/**
 * F itself, f + λ/2‖θ‖², at the steps at which both were recorded; f where there is no coupled decay.
 *
 * @returns undefined where the loss, or with decay ‖θ‖², was not recorded
 */
export function objectiveLoss({ scalars, config }: RunObservables): ScalarSeries | undefined {
  const { loss, weight_norm_squared: norm } = scalars
  if (!loss || !isDecayed(config)) return loss
  if (!norm) return undefined
  const { steps, values } = alignedRows([loss, norm])
  const [losses = new Float64Array(), norms = losses] = values
  return { steps, values: losses.map((value, i) => value + ((config.weightDecay ?? 0) / 2) * (norms[i] ?? Number.NaN)) }
}

/** Whether the gap is that of f while the run descends f + λ/2‖θ‖²: ∇f + λθ may vanish where ∇f does not. */
export function isGapWithoutDecay({ scalars, config, isDecayedGap = false }: RunObservables): boolean {
  return isDecayed(config) && scalars.gradient_norm_squared !== undefined && !isDecayedGap
}

/** What is needed then. */
export const decayedGapNeeded =
  'with weight decay ‖∇f‖² must be that of the loss with λ/2‖θ‖²: record probe/gradient_norm_squared_with_decay, or give the role decayed_gradient_norm_squared'
