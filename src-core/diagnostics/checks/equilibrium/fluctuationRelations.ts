import { normSquared } from '../../../linearAlgebra/vector.ts'
import { mean } from '../../../statistics/moments.ts'
import { alignSeries } from '../../observables/alignSeries.ts'
import type { Hyperparameters, RunObservables, VectorSeries } from '../../observables/observables.ts'
import { isSgd } from '../../observables/updateRule.ts'

/** A relation E[left] = E[right] that holds once ‖θ − c‖² is in equilibrium, term by term. */
export interface FluctuationRelation {
  readonly name: string
  readonly left: Float64Array
  readonly right: Float64Array
  /** E‖θ‖² of the coordinates that the sides are of; missing when it is that of all weights. */
  readonly weightNorm?: number
}

/**
 * The first relation (Yaida 2019, eq. 12) for the update rule in use, PyTorch's convention v' = μv + (1−d)g, g with coupled weight decay:
 * (1−d)E[θ·g] = (η/2)(1+μ)E‖v‖² for SGD (v = g) and heavy ball; E[θ·g] = (η/2)(1−μ)E‖u‖² + μ²ηE[u·v'] for Nesterov's θ' = θ − ηu, u = g + μv'.
 * Without a recorded u·v' it follows from ‖u‖² = ‖g‖² + 2μ g·v' + μ²‖v'‖², up to 1/T.
 *
 * @returns what is missing, as a sentence's end, when it cannot be formed
 */
export function firstRelation(judged: RunObservables, rule: Hyperparameters): FluctuationRelation | string {
  if (!isSgd(rule)) return `${rule.optimizer} has no relation of this form`
  if (rule.learningRate === undefined) return 'needs learning_rate'
  if (!judged.scalars.weights_dot_gradient) return 'needs the role weights_dot_gradient'
  return rule.nesterov === true && (rule.momentum ?? 0) > 0
    ? nesterovRelation(judged, rule.learningRate, rule.momentum ?? 0)
    : heavyBallRelation(judged, rule.learningRate, rule)
}

function heavyBallRelation(
  { scalars }: RunObservables,
  learningRate: number,
  { momentum = 0, dampening = 0 }: Hyperparameters,
): FluctuationRelation | string {
  const {
    weights_dot_gradient: product,
    buffer_norm_squared: buffer,
    stochastic_gradient_norm_squared: gradient,
  } = scalars
  const square = momentum === 0 ? (gradient ?? buffer) : buffer
  if (!product || !square)
    return momentum === 0 ? 'needs ‖g‖²: role stochastic_gradient_norm_squared' : 'needs ‖v‖²: role buffer_norm_squared'
  const [products = new Float64Array(), squares = new Float64Array()] = alignSeries([product, square])
  const share = momentum === 0 ? 1 : 1 - dampening
  const factor = 0.5 * learningRate * (1 + momentum)
  return {
    name: momentum === 0 ? 'θ·g against (η/2)‖g‖²' : 'θ·g against (η/2)(1+μ)‖v‖²',
    left: products.map((value) => share * value),
    right: squares.map((value) => factor * value),
  }
}

function nesterovRelation(
  { scalars }: RunObservables,
  learningRate: number,
  momentum: number,
): FluctuationRelation | string {
  const { weights_dot_gradient: product, direction_norm_squared: direction, update_norm_squared: update } = scalars
  const square = direction ?? update
  if (!product || !square)
    return 'needs ‖u‖² of Nesterov’s direction: role direction_norm_squared or update_norm_squared'
  const scale = direction ? 1 : learningRate ** -2
  const {
    direction_dot_next_buffer: dot,
    stochastic_gradient_norm_squared: gradient,
    buffer_norm_squared: buffer,
  } = scalars
  const name = 'θ·g against (η/2)(1−μ)‖u‖² + μ²η u·v′'
  const right = (norm: number, cross: number) => learningRate * (0.5 * (1 - momentum) * norm + momentum ** 2 * cross)
  if (dot) {
    const [left = new Float64Array(), norms = new Float64Array(), dots = new Float64Array()] = alignSeries([
      product,
      square,
      dot,
    ])
    return { name, left, right: norms.map((norm, i) => right(scale * norm, dots[i] ?? Number.NaN)) }
  }
  if (!gradient || !buffer)
    return 'needs u·v′ of Nesterov’s direction: role direction_dot_next_buffer, or ‖g‖² and ‖v‖²'
  const [left = new Float64Array(), norms = new Float64Array(), gradients = [], buffers = []] = alignSeries([
    product,
    square,
    gradient,
    buffer,
  ])
  const crossed = norms.map((norm, i) => {
    const own = scale * norm
    return right(
      own,
      (own - (gradients[i] ?? Number.NaN) + momentum ** 2 * (buffers[i] ?? Number.NaN)) / (2 * momentum),
    )
  })
  return { name, left, right: crossed }
}

/** −2E[θ·Δ] = E‖Δ‖² of the updates as made: holds for any optimiser. Undefined when they were not recorded. */
export function updateRelation({ scalars }: RunObservables): FluctuationRelation | undefined {
  const { weights_dot_update: product, update_norm_squared: square } = scalars
  if (!product || !square) return undefined
  const [products = new Float64Array(), squares = new Float64Array()] = alignSeries([product, square])
  return { name: '−2θ·Δ against ‖Δ‖²', left: products.map((value) => -2 * value), right: squares }
}

/**
 * The same about the mean c of the window, −2E[(θ−c)·Δ] = E‖Δ‖², from components or projections of θ, Δ between recorded rows. The identity holds for every fixed centre;
 * about the mean, the large constant part of ‖θ‖² does not hide what moves. Undefined without weights.
 */
export function centredRelation({ vectors }: RunObservables): FluctuationRelation | undefined {
  const { weights } = vectors
  if (!weights || weights.steps.length < 3) return undefined
  const centre = columnMeans(weights)
  const count = weights.steps.length - 1
  const left = new Float64Array(count)
  const right = new Float64Array(count)
  for (let row = 0; row < count; row += 1)
    for (let k = 0; k < weights.dimension; k += 1) {
      const place = row * weights.dimension + k
      const value = weights.values[place] ?? Number.NaN
      const step = (weights.values[place + weights.dimension] ?? Number.NaN) - value
      left[row] = (left[row] ?? 0) - 2 * (value - (centre[k] ?? Number.NaN)) * step
      right[row] = (right[row] ?? 0) + step * step
    }
  return {
    name: '−2(θ−c)·Δ against ‖Δ‖², c the mean of θ',
    left,
    right,
    weightNorm: normSquared(weights.values) / weights.steps.length,
  }
}

function columnMeans({ steps, dimension, values }: VectorSeries): Float64Array {
  const sums = new Float64Array(dimension)
  for (let row = 0; row < values.length; row += dimension)
    for (let k = 0; k < dimension; k += 1) sums[k] = (sums[k] ?? 0) + (values[row + k] ?? Number.NaN)
  return sums.map((sum) => sum / steps.length)
}

/** Left over right of a relation. */
export function relationRatio({ left, right }: FluctuationRelation): number {
  return mean(left) / mean(right)
}
