import { meanInterval } from '../../../statistics/meanInterval.ts'
import { mean } from '../../../statistics/moments.ts'
import type { Hyperparameters } from '../../observables/observables.ts'
import { undampedRate } from '../../observables/updateRule.ts'

/**
 * Growth of ‖θ‖⁴ per step that noise alone gives scale-invariant weights, 2η²σ̃²/(1−μ)² with σ̃² = E[‖θ‖²‖g‖²], g without decay: to first order in η², because a gradient
 * orthogonal to the weights adds η²‖g‖² to ‖θ‖² in each step. NaN without a learning rate, and for Nesterov.
 */
export function freeGrowthOfNorm4(rule: Hyperparameters, scaledGradientNormSquared: number): number {
  const { momentum = 0, nesterov = false } = rule
  return nesterov ? Number.NaN : (2 * undampedRate(rule) ** 2 * scaledGradientNormSquared) / (1 - momentum) ** 2
}

/** Mean change of a series per step with its 95 % interval: batch means (`meanInterval`) of the increments, which are nearly independent where the series itself wanders. */
export function growthPerStep(values: Float64Array, steps: Float64Array): { mean: number; low: number; high: number } {
  const increments = values.subarray(1).map((value, i) => value - (values[i] ?? Number.NaN))
  const spacing = ((steps.at(-1) ?? Number.NaN) - (steps[0] ?? Number.NaN)) / increments.length
  const { mean: change, low, high } = meanInterval(increments)
  return { mean: change / spacing, low: low / spacing, high: high / spacing }
}

/**
 * Root-mean-square angle between successive weights from ‖Δ‖², ⟨θ,Δ⟩ and ‖θ‖²: tan = ‖Δ⊥‖ / (‖θ‖ + ⟨θ,Δ⟩/‖θ‖), Δ⊥ the part of the step orthogonal to θ.
 * NaN for empty series.
 */
export function rmsAngle(updateSquare: Float64Array, product: Float64Array, norm: Float64Array): number {
  const squares = updateSquare.map((square, i) => {
    const weight = norm[i] ?? Number.NaN
    const along = (product[i] ?? Number.NaN) / Math.sqrt(weight)
    return Math.atan2(Math.sqrt(Math.max(0, square - along * along)), Math.sqrt(weight) + along) ** 2
  })
  return Math.sqrt(mean(squares))
}
