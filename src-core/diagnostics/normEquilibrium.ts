import { formatInterval } from '../format/formatEstimate.ts'
import { formatNumber } from '../format/formatNumber.ts'
import { batchMeans } from '../statistics/batchMeans.ts'
import { mean } from '../statistics/moments.ts'
import { ratioInterval } from '../statistics/ratioInterval.ts'
import { alignSeries } from './alignSeries.ts'
import { createDiagnosticResult } from './createDiagnosticResult.ts'
import type { CurveChart, DiagnosticResult, NamedNumber } from './diagnosticResult.ts'
import { freeGrowthOfNorm4, growthPerStep, rmsAngle } from './normGrowth.ts'
import type { Hyperparameters, RunObservables } from './observables.ts'
import type { SegmentContext } from './segmentContext.ts'
import { whiteNoiseNote } from './whiteNoiseNote.ts'
import { isSgd, undampedRate } from './updateRule.ts'

/** Root-mean-square cosine between weights and gradient up to which the weights count as scale-invariant: rounding and the ε of a norm layer, no more. */
const invariantCosine = 1e-3
/** |ratio − 1| of ‖θ‖⁴ below which the norm counts as equilibrated. */
const equilibrated = 0.1
const fewestPoints = 40
const chartPointCount = 60

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

/**
 * Norm equilibrium of scale-invariant weights (all weights ahead of a normalisation): predicted over actual ‖θ‖⁴ of the judged part, 1 in equilibrium,
 * with a 95 % delta-method interval from batch means (`ratioInterval`). Until it is reached the effective learning rate η/‖θ‖² still changes, though the loss looks flat.
 * Without weight decay there is none: measured over predicted growth of ‖θ‖⁴ per step instead, always a warning, because no law in weight space can be stationary.
 * Informs only. `unknown` when ⟨θ, ∇f⟩ = 0 does not hold or was not recorded, and for Nesterov.
 */
export function diagnoseNormEquilibrium(context: SegmentContext): DiagnosticResult {
  const measured = measureNorms(context.judged, context.range.hyperparameters)
  if (typeof measured === 'string') return missingEquilibrium(measured)
  return context.range.hyperparameters.weightDecay === 0
    ? freeGrowth(context, measured)
    : equilibrium(context, measured)
}

function equilibrium(context: SegmentContext, measured: MeasuredNorms): DiagnosticResult {
  const { norm4, norm, sampleSize } = measured
  const { hyperparameters } = context.range
  const predicted = predictedNorm4(measured, hyperparameters)
  const { mean: ratio, low, high } = ratioInterval(predicted, norm4)
  const isReached = Math.abs(ratio - 1) <= equilibrated
  const { momentum = 0, weightDecay = Number.NaN } = hyperparameters
  const learningRate = undampedRate(hyperparameters)
  const relaxation = (1 - momentum) / (4 * learningRate * weightDecay)
  return createDiagnosticResult({
    ...fixedFields,
    estimate: ratio,
    low,
    high,
    sampleSize,
    marginLow: 1 - equilibrated,
    marginHigh: 1 + equilibrated,
    threshold: 1,
    verdict: isReached ? 'pass' : 'warn',
    reason: `‖θ‖ is ${formatNumber(mean(norm4) ** 0.25)}, in equilibrium ${formatNumber(mean(predicted) ** 0.25)}; relaxation takes ${formatNumber(relaxation)} steps${whiteNoiseNote(hyperparameters)}`,
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
      ...angleDetails(context, measured),
      { label: 'relaxation (1−μ)/(4ηλ)', value: relaxation, unit: 'steps' },
      { label: 'cosine between weights and gradient (rms)', value: measured.cosine, unit: '' },
    ],
    charts: normChart(context),
  })
}

function freeGrowth(context: SegmentContext, measured: MeasuredNorms): DiagnosticResult {
  const { norm4, scaled, steps, sampleSize } = measured
  const predicted = freeGrowthOfNorm4(context.range.hyperparameters, mean(scaled))
  const growth = growthPerStep(norm4, steps)
  return createDiagnosticResult({
    ...fixedFields,
    symbol: 'measured/predicted growth of ‖θ‖⁴',
    estimate: growth.mean / predicted,
    low: growth.low / predicted,
    high: growth.high / predicted,
    sampleSize,
    threshold: 1,
    verdict: 'warn',
    reason: `without weight decay ‖θ‖ grows without limit: ‖θ‖⁴ by ${formatInterval(growth.mean, growth.low, growth.high)} per step, from the noise ${formatNumber(predicted)}${whiteNoiseNote(context.range.hyperparameters)}`,
    summary:
      'Without weight decay the norm grows for ever: there is no stationary law of the weights, only of their direction.',
    details: [
      { label: '‖θ‖', value: mean(norm4) ** 0.25, unit: '' },
      { label: 'growth of ‖θ‖⁴', value: growth.mean, unit: 'per step' },
      { label: 'growth of ‖θ‖⁴ from the noise, 2η²σ̃²/(1−μ)²', value: predicted, unit: 'per step' },
      ...angleDetails(context, measured),
      { label: 'cosine between weights and gradient (rms)', value: measured.cosine, unit: '' },
    ],
    charts: normChart(context),
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
    reason,
    summary: 'The norm of the weights has no equilibrium that can be predicted.',
  })
}

/** Measured where ⟨θ,Δ⟩ and ‖Δ‖² were recorded; without momentum the gradient gives it too, η‖g‖/‖θ‖. */
function angleDetails({ judged, range }: SegmentContext, { norm, scaled }: MeasuredNorms): NamedNumber[] {
  const { update_norm_squared, weights_dot_update, weight_norm_squared } = judged.scalars
  const { learningRate = Number.NaN, momentum = 0 } = range.hyperparameters
  if (update_norm_squared && weights_dot_update && weight_norm_squared) {
    const [square = norm, product = norm, weight = norm] = alignSeries([
      update_norm_squared,
      weights_dot_update,
      weight_norm_squared,
    ])
    const value = rmsAngle(square, product, weight)
    if (Number.isFinite(value)) return [{ label: 'angle per step, measured', value, unit: 'rad' }]
  }
  if (momentum !== 0) return []
  const squares = scaled.map((value, i) => value / (norm[i] ?? Number.NaN) ** 2)
  return [{ label: 'angle per step, from ‖g‖', value: learningRate * Math.sqrt(mean(squares)), unit: 'rad' }]
}

/** ‖θ‖⁴ over the whole segment, its transient included, towards what it is in equilibrium. */
function normChart({ segment, range }: SegmentContext): CurveChart[] {
  const measured = measureNorms(segment, range.hyperparameters)
  if (typeof measured === 'string') return []
  const { steps, norm4 } = measured
  const batchCount = Math.min(chartPointCount, norm4.length)
  const batchLength = Math.floor(norm4.length / batchCount)
  const average = (values: Float64Array) => [...batchMeans(values, batchCount, batchLength)]
  const plain = { x: average(steps), low: [], high: [] }
  const hasDecay = (range.hyperparameters.weightDecay ?? 0) > 0
  return [
    {
      kind: 'curve',
      title: '‖θ‖⁴ and its equilibrium',
      xName: 'step',
      curves: [
        { ...plain, label: '‖θ‖⁴', y: average(norm4), isReference: false },
        ...(hasDecay
          ? [
              {
                ...plain,
                label: 'in equilibrium',
                y: average(predictedNorm4(measured, range.hyperparameters)),
                isReference: true,
              },
            ]
          : []),
      ],
      references: [],
      isLogarithmicX: false,
      isLogarithmicY: false,
    },
  ]
}

interface MeasuredNorms {
  readonly steps: Float64Array
  readonly norm: Float64Array
  readonly norm4: Float64Array
  /** ‖θ‖²‖g‖² of each step, g without decay. */
  readonly scaled: Float64Array
  readonly cosine: number
  readonly sampleSize: number
}

/** Equilibrium ‖θ‖⁴ from each step's ‖θ‖²‖g‖². */
function predictedNorm4({ scaled }: MeasuredNorms, hyperparameters: Hyperparameters): Float64Array {
  return scaled.map((value) => equilibriumNorm4(hyperparameters, value))
}

/** The norms of a stretch, or why there are none. */
function measureNorms(run: RunObservables, hyperparameters: Hyperparameters): MeasuredNorms | string {
  const {
    weight_norm_squared: weight,
    stochastic_gradient_norm_squared: gradient,
    weights_dot_gradient: product,
  } = run.scalars
  const { optimizer = '', momentum = 0, weightDecay, nesterov = false } = hyperparameters
  const learningRate = undampedRate(hyperparameters)
  if (!weight || !gradient || !product)
    return `needs ${missingOf({ weight_norm_squared: weight, stochastic_gradient_norm_squared: gradient, weights_dot_gradient: product })}`
  if (!isSgd(hyperparameters)) return `the equilibrium under ${optimizer} is not known here`
  if (Number.isNaN(learningRate) || weightDecay === undefined)
    return `needs ${missingOf({ learning_rate: Number.isNaN(learningRate) ? undefined : learningRate, weight_decay: weightDecay })} in the config`
  if (nesterov) return 'the equilibrium under Nesterov momentum is not known here'
  if (weightDecay > 0 && !Number.isFinite(1 / (learningRate * weightDecay)))
    return `with learning rate ${formatNumber(learningRate)} the weights do not relax`
  if (learningRate * weightDecay >= 2 * (1 + momentum))
    return `decay alone is unstable: ηλ is ${formatNumber(learningRate * weightDecay)}, below ${formatNumber(2 * (1 + momentum))} is needed`
  const times = { steps: weight.steps, values: weight.steps }
  const [norm = new Float64Array(), square = norm, dot = norm, steps = norm] = alignSeries([
    weight,
    gradient,
    product,
    times,
  ])
  if (norm.length < fewestPoints) return `${norm.length} common steps of these series, ${fewestPoints} are needed`
  const cosine = rmsCosine(norm, square, dot, weightDecay)
  if (!Number.isFinite(cosine)) return 'weights or gradients of norm zero have no angle'
  if (!(cosine <= invariantCosine))
    return `the weights are not scale-invariant: cosine with the gradient ${formatNumber(cosine)}, at most ${invariantCosine}`
  const scaled = norm.map((value, i) => value * ((square[i] ?? Number.NaN) - weightDecay ** 2 * value))
  if (!(mean(scaled) > 0)) return 'the recorded ‖g‖² is smaller than the part of weight decay in it'
  return { steps, norm, norm4: norm.map((value) => value ** 2), scaled, cosine, sampleSize: norm.length }
}

/** Names of what is undefined: `a, b and c`. */
function missingOf(inputs: Readonly<Record<string, unknown>>): string {
  const names = Object.keys(inputs).filter((name) => inputs[name] === undefined)
  return names.join(', ').replace(/, ([^,]*)$/, ' and $1')
}

/** Of the gradient without decay, whether the recorded product contains λ‖θ‖² (as the role says) or an import left it out. */
function rmsCosine(norm: Float64Array, square: Float64Array, dot: Float64Array, weightDecay: number): number {
  const rms = (decay: number) =>
    Math.sqrt(
      mean(norm.map((value, i) => ((dot[i] ?? Number.NaN) - decay * value) ** 2 / (value * (square[i] ?? Number.NaN)))),
    )
  return Math.min(rms(weightDecay), rms(0))
}
