import type { Hyperparameters } from '../../observables/observables.ts'
import { undampedRate } from '../../observables/updateRule.ts'

/**
 * ‖θ‖⁴ at which noise and weight decay balance, for scale-invariant weights under heavy ball with coupled decay:
 * ησ̃²/(λ(1−μ)(2 − ηλ/(1+μ))), σ̃² = E[‖θ‖²‖g‖²], g without decay. Exact for plain SGD with constant σ̃ (van Laarhoven 2017; Wan et al. 2021).
 *
 * With dampening η is `undampedRate`.
 *
 * @returns NaN without a learning rate or decay (then ‖θ‖ grows without limit), for ηλ ≥ 2(1+μ), where decay alone is unstable, and for Nesterov
 */
export function equilibriumNorm4(rule: Hyperparameters, scaledGradientNormSquared: number): number {
  const { momentum = 0, weightDecay = Number.NaN, nesterov = false } = rule
  const learningRate = undampedRate(rule)
  if (nesterov || !(weightDecay > 0)) return Number.NaN
  const factor = weightDecay * (1 - momentum) * (2 - (learningRate * weightDecay) / (1 + momentum))
  return factor > 0 ? (learningRate * scaledGradientNormSquared) / factor : Number.NaN
}
