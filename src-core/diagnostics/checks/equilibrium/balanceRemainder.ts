import { meanInterval } from '../../../statistics/meanInterval.ts'
import { mean } from '../../../statistics/moments.ts'
import { alignedRows } from '../../observables/alignSeries.ts'
import { objectiveLoss } from '../../observables/objective.ts'
import type { RunObservables } from '../../observables/observables.ts'

/** What the recorded terms of one step do not explain of the change of the loss, per step; in units of the loss. */
export interface BalanceRemainder {
  readonly mean: number
  readonly low: number
  readonly high: number
  /** Mean of f(θ_{t+1}) − f(θ_t) over the same steps, (f(θ_T) − f(θ_0))/T; NaN where the remainder is not exact. */
  readonly change: number
  /** Whether it is the mean over single steps; else that of the smoothed net change and the mean terms. */
  readonly isExact: boolean
}

/** R₃ as a share of the larger of the two terms beyond which these are not those of the recorded loss: a rate that is twice or half the true one gives 0.5. */
const inconsistentShare = 0.5
const fewestSteps = 20

/**
 * R₃ = E[f(θ') − f(θ)] + ηE⟨∇f, v'⟩ − ½η²E[v'ᵀHv'], the mean over the steps themselves: zero up to rounding on a quadratic; f with λ/2‖θ‖² where there is weight decay. 95 % interval by batch means.
 *
 * @returns undefined unless the full loss and both terms were recorded at every step of at least 20 consecutive ones
 */
export function exactRemainder(observables: RunObservables, learningRate: number): BalanceRemainder | undefined {
  const loss = objectiveLoss(observables)
  const { gradient_dot_next_buffer: velocity, next_buffer_hessian_form: form } = observables.scalars
  if (!loss || !velocity || !form || observables.lossSource === 'batch') return undefined
  const { steps, values } = alignedRows([loss, velocity, form])
  const [losses = new Float64Array(), products = losses, forms = losses] = values
  const count = steps.length - 1
  if (count < fewestSteps || (steps[count] ?? Number.NaN) - (steps[0] ?? Number.NaN) !== count) return undefined
  const changes = losses.subarray(1).map((value, i) => value - (losses[i] ?? Number.NaN))
  const remainders = changes.map(
    (change, i) =>
      change + learningRate * (products[i] ?? Number.NaN) - 0.5 * learningRate ** 2 * (forms[i] ?? Number.NaN),
  )
  return { ...meanInterval(remainders), change: mean(changes), isExact: true }
}

/** The same from mean terms recorded at some of the steps: the net change of the loss without the interval of their sum. */
export function meanRemainder(
  net: number,
  sum: { readonly mean: number; readonly low: number; readonly high: number },
): BalanceRemainder {
  return { mean: net - sum.mean, low: net - sum.high, high: net - sum.low, change: Number.NaN, isExact: false }
}

/**
 * Whether the terms cannot be those of the recorded loss: the whole interval of R₃ is beyond half of the larger term. On a quadratic R₃ is 0; it was 0.15 of the larger term on a network
 * of the built-in recipes (`mnist-noisy-labels`).
 */
export function isInconsistent({ low, high }: BalanceRemainder, descent: number, curvature: number): boolean {
  const least = Math.max(0, low, -high)
  return least > inconsistentShare * Math.max(Math.abs(descent), Math.abs(curvature))
}
