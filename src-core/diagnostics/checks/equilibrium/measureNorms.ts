import { formatNumber } from '../../../format/formatNumber.ts'
import { mean } from '../../../statistics/moments.ts'
import { alignedRows } from '../../observables/alignSeries.ts'
import type { Hyperparameters, RunObservables, ScalarSeries, WeightGroup } from '../../observables/observables.ts'
import { isSgd, undampedRate } from '../../observables/updateRule.ts'

/** Root-mean-square cosine between weights and gradient up to which the weights count as scale-invariant: rounding and the ε of a norm layer, no more. */
const invariantCosine = 1e-3
const fewestPoints = 40

/** Norms of weights that were found to be scale-invariant, at the steps at which all of them were recorded. */
export interface MeasuredNorms {
  readonly steps: Float64Array
  /** ‖θ‖² and its square. */
  readonly norm: Float64Array
  readonly norm4: Float64Array
  /** ‖θ‖²‖g‖² of each step, g without decay. */
  readonly scaled: Float64Array
  readonly cosine: number
  readonly sampleSize: number
}

/** The norms of all weights in a stretch, or why there are none. */
export function measureNorms(run: RunObservables, hyperparameters: Hyperparameters): MeasuredNorms | string {
  const {
    weight_norm_squared: weight,
    stochastic_gradient_norm_squared: gradient,
    weights_dot_gradient: product,
  } = run.scalars
  if (!weight || !gradient || !product)
    return `needs ${missingOf({ weight_norm_squared: weight, stochastic_gradient_norm_squared: gradient, weights_dot_gradient: product })}`
  const problem = ruleProblem(hyperparameters)
  if (problem !== null) return problem
  const { weightDecay = Number.NaN } = hyperparameters
  const { steps, norm, columns } = alignNorms(weight, [gradient, product])
  const [square = norm, dot = norm] = columns
  return judgeNorms({
    steps,
    norm,
    noise: norm.map((value, i) => (square[i] ?? Number.NaN) - weightDecay ** 2 * value),
    cosine: Math.min(rmsCosine(norm, square, dot, weightDecay), rmsCosine(norm, square, dot, 0)),
  })
}

/** The norms of one group; its gradients are without decay. The cosine is that with the exact gradient, which is shorter than a stochastic one: the stricter test. */
export function measureGroup({ series }: WeightGroup, hyperparameters: Hyperparameters): MeasuredNorms | string {
  const problem = ruleProblem(hyperparameters)
  if (problem !== null) return problem
  const { steps, norm, columns } = alignNorms(squared(series.weight_norm), [
    series.stochastic_gradient_norm_squared,
    squared(series.gradient_norm),
    series.weights_dot_gradient,
  ])
  const [noise = norm, square = norm, dot = norm] = columns
  return judgeNorms({ steps, norm, noise, cosine: rmsCosine(norm, square, dot, 0) })
}

/** Why no equilibrium is known under an update rule; null when it is. */
function ruleProblem(hyperparameters: Hyperparameters): string | null {
  const { optimizer = '', momentum = 0, weightDecay, nesterov = false } = hyperparameters
  const learningRate = undampedRate(hyperparameters)
  if (!isSgd(hyperparameters)) return `the equilibrium under ${optimizer} is not known here`
  if (Number.isNaN(learningRate) || weightDecay === undefined)
    return `needs ${missingOf({ learning_rate: Number.isNaN(learningRate) ? undefined : learningRate, weight_decay: weightDecay })} in the config`
  if (nesterov) return 'the equilibrium under Nesterov momentum is not known here'
  if (weightDecay > 0 && !Number.isFinite(1 / (learningRate * weightDecay)))
    return `with learning rate ${formatNumber(learningRate)} the weights do not relax`
  if (learningRate * weightDecay >= 2 * (1 + momentum))
    return `decay alone is unstable: ηλ is ${formatNumber(learningRate * weightDecay)}, below ${formatNumber(2 * (1 + momentum))} is needed`
  return null
}

function judgeNorms({
  steps,
  norm,
  noise,
  cosine,
}: Pick<MeasuredNorms, 'steps' | 'norm' | 'cosine'> & { noise: Float64Array }): MeasuredNorms | string {
  if (norm.length < fewestPoints) return `${norm.length} common steps of these series, ${fewestPoints} are needed`
  if (!Number.isFinite(cosine)) return 'weights or gradients of norm zero have no angle'
  if (!(cosine <= invariantCosine))
    return `the weights are not scale-invariant: cosine with the gradient ${formatNumber(cosine)}, at most ${invariantCosine}`
  const scaled = norm.map((value, i) => value * (noise[i] ?? Number.NaN))
  if (!(mean(scaled) > 0)) return 'the recorded ‖g‖² is smaller than the part of weight decay in it'
  return { steps, norm, norm4: norm.map((value) => value ** 2), scaled, cosine, sampleSize: norm.length }
}

function alignNorms(
  weight: ScalarSeries,
  others: readonly ScalarSeries[],
): { steps: Float64Array; norm: Float64Array; columns: Float64Array[] } {
  const { steps, values } = alignedRows([weight, ...others])
  const [norm = new Float64Array(), ...columns] = values
  return { steps, norm, columns }
}

function squared({ steps, values }: ScalarSeries): ScalarSeries {
  return { steps, values: values.map((value) => value * value) }
}

/** Names of what is undefined: `a, b and c`. */
function missingOf(inputs: Readonly<Record<string, unknown>>): string {
  const names = Object.keys(inputs).filter((name) => inputs[name] === undefined)
  return names.join(', ').replace(/, ([^,]*)$/, ' and $1')
}

/** Between weights and the gradient without decay, whose part `decay`·‖θ‖² in the recorded product (as the role says; an import may have left it out) is taken off. */
function rmsCosine(norm: Float64Array, square: Float64Array, dot: Float64Array, decay: number): number {
  return Math.sqrt(
    mean(norm.map((value, i) => ((dot[i] ?? Number.NaN) - decay * value) ** 2 / (value * (square[i] ?? Number.NaN)))),
  )
}
