import { formatNumber } from '../format/formatNumber.ts'
import { batchMeansInterval } from '../statistics/batchMeans.ts'
import { mean } from '../statistics/moments.ts'
import { alignSeries } from './alignSeries.ts'
import { createDiagnosticResult } from './createDiagnosticResult.ts'
import type { DiagnosticResult } from './diagnosticResult.ts'
import type { Hyperparameters } from './observables.ts'
import type { SegmentContext } from './segmentContext.ts'

/** Root-mean-square cosine between weights and gradient up to which the weights count as scale-invariant: rounding and the ε of a norm layer, no more. */
const invariantCosine = 1e-3
/** |ratio − 1| of ‖θ‖⁴ below which the norm counts as equilibrated. */
const equilibrated = 0.1
const fewestPoints = 40

/**
 * ‖θ‖⁴ at which noise and weight decay balance, for scale-invariant weights under heavy ball with coupled decay:
 * ησ̃²/(λ(1−μ)(2 − ηλ/(1+μ))), σ̃² = E[‖θ‖²‖g‖²], g without decay. Exact for plain SGD with constant σ̃ (van Laarhoven 2017; Wan et al. 2021).
 *
 * @returns NaN without a learning rate or decay (then ‖θ‖ grows without limit), and for Nesterov
 */
export function equilibriumNorm4(
  { learningRate = Number.NaN, momentum = 0, weightDecay = Number.NaN, nesterov = false }: Hyperparameters,
  scaledGradientNormSquared: number,
): number {
  if (nesterov || !(weightDecay > 0)) return Number.NaN
  const factor = weightDecay * (1 - momentum) * (2 - (learningRate * weightDecay) / (1 + momentum))
  return (learningRate * scaledGradientNormSquared) / factor
}

/**
 * Norm equilibrium of scale-invariant weights (all weights ahead of a normalisation): predicted over actual ‖θ‖⁴ of the judged part, 1 in equilibrium,
 * with a 95 % interval from 20 batch means of the linearised ratio. Until it is reached the effective learning rate η/‖θ‖² still changes, though the loss looks flat.
 * Informs only. `unknown` when ⟨θ, ∇f⟩ = 0 does not hold or was not recorded, without weight decay, and for Nesterov.
 */
export function diagnoseNormEquilibrium(context: SegmentContext): DiagnosticResult {
  const measured = measureNorms(context)
  if (typeof measured === 'string') return missingEquilibrium(measured)
  const { norm4, predicted, norm, sampleSize } = measured
  const ratio = mean(predicted) / mean(norm4)
  const errors = batchMeansInterval(
    predicted.map((value, i) => (value - ratio * (norm4[i] ?? Number.NaN)) / mean(norm4)),
  )
  const isReached = Math.abs(ratio - 1) <= equilibrated
  const { learningRate = Number.NaN, momentum = 0, weightDecay = Number.NaN } = context.range.hyperparameters
  return createDiagnosticResult({
    ...fixedFields,
    estimate: ratio,
    low: ratio + errors.low - errors.mean,
    high: ratio + errors.high - errors.mean,
    sampleSize,
    marginLow: 1 - equilibrated,
    marginHigh: 1 + equilibrated,
    threshold: 1,
    verdict: isReached ? 'pass' : 'warn',
    reason: `‖θ‖ is ${formatNumber(mean(norm4) ** 0.25)}, in equilibrium ${formatNumber(mean(predicted) ** 0.25)}`,
    summary: isReached
      ? 'The norm of the weights is in equilibrium: only their direction moves.'
      : 'The norm of the weights is not in equilibrium: the effective learning rate still changes.',
    details: [
      { label: '‖θ‖', value: mean(norm4) ** 0.25, unit: '' },
      { label: '‖θ‖ in equilibrium', value: mean(predicted) ** 0.25, unit: '' },
      { label: 'effective learning rate η/‖θ‖²', value: learningRate / mean(norm), unit: '' },
      {
        label: 'angle per step in equilibrium √(2ηλ/(1+μ))',
        value: Math.sqrt((2 * learningRate * weightDecay) / (1 + momentum)),
        unit: 'rad',
      },
      { label: 'relaxation (1−μ)/(4ηλ)', value: (1 - momentum) / (4 * learningRate * weightDecay), unit: 'steps' },
      { label: 'cosine between weights and gradient (rms)', value: measured.cosine, unit: '' },
    ],
  })
}

const fixedFields = {
  id: 'norm-equilibrium',
  title: 'Norm equilibrium',
  symbol: 'predicted/actual ‖θ‖⁴',
  assumption:
    'All recorded weights are scale-invariant; the gradient is dominated by noise that is isotropic on the sphere.',
} as const

function missingEquilibrium(reason: string): DiagnosticResult {
  return createDiagnosticResult({
    ...fixedFields,
    verdict: 'unknown',
    reason: `cannot say: ${reason}`,
    summary: 'The norm of the weights has no equilibrium that can be predicted.',
  })
}

interface MeasuredNorms {
  readonly norm: Float64Array
  readonly norm4: Float64Array
  /** Equilibrium ‖θ‖⁴ from each step's ‖θ‖²‖g‖². */
  readonly predicted: Float64Array
  readonly cosine: number
  readonly sampleSize: number
}

/** The norms of the judged part, or why there are none. */
function measureNorms({ judged, range }: SegmentContext): MeasuredNorms | string {
  const {
    weight_norm_squared: weight,
    stochastic_gradient_norm_squared: gradient,
    weights_dot_gradient: product,
  } = judged.scalars
  const { learningRate, weightDecay, nesterov = false } = range.hyperparameters
  if (!weight || !gradient || !product)
    return 'needs weight_norm_squared, stochastic_gradient_norm_squared and weights_dot_gradient'
  if (learningRate === undefined || weightDecay === undefined)
    return 'needs learning_rate and weight_decay in the config'
  const [norm = new Float64Array(), square = norm, dot = norm] = alignSeries([weight, gradient, product])
  if (norm.length < fewestPoints) return `${norm.length} common steps of these series, ${fewestPoints} are needed`
  const cosine = rmsCosine(norm, square, dot, weightDecay)
  if (!Number.isFinite(cosine)) return 'weights or gradients of norm zero have no angle'
  if (!(cosine <= invariantCosine))
    return `the weights are not scale-invariant: cosine with the gradient ${formatNumber(cosine)}, at most ${invariantCosine}`
  if (weightDecay === 0) return 'without weight decay the norm of scale-invariant weights grows without limit'
  if (nesterov) return 'the equilibrium under Nesterov momentum is not known here'
  const predicted = norm.map((value, i) =>
    equilibriumNorm4(range.hyperparameters, value * ((square[i] ?? Number.NaN) - weightDecay ** 2 * value)),
  )
  if (!(mean(predicted) > 0)) return 'the recorded ‖g‖² is smaller than the part of weight decay in it'
  return { norm, norm4: norm.map((value) => value ** 2), predicted, cosine, sampleSize: norm.length }
}

/** Of the gradient without decay, whether the recorded product contains λ‖θ‖² (as the role says) or an import left it out. */
function rmsCosine(norm: Float64Array, square: Float64Array, dot: Float64Array, weightDecay: number): number {
  const rms = (decay: number) =>
    Math.sqrt(
      mean(norm.map((value, i) => ((dot[i] ?? Number.NaN) - decay * value) ** 2 / (value * (square[i] ?? Number.NaN)))),
    )
  return Math.min(rms(weightDecay), rms(0))
}
