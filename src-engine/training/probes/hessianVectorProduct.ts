import { dot, normSquared, plusScaled, type Vector } from './vector.ts'

/** Writes the gradient of a fixed function at `weights`. */
export type GradientAt = (weights: Float64Array, gradient: Float64Array) => void

export interface StepLength {
  /** Length ‖εv‖ of the displacement to either side. */
  length: number
  /** Relative change of the product when the displacement was halved. */
  halvingError: number
}

/** Displacement as a share of the weights' norm: where a float32 gradient's rounding and the cubic term are about equal. */
const largestShare = 1e-2
const halvingLimit = 5
const goodEnough = 1e-4

/**
 * H v by central differences of exact first gradients, (∇f(θ+εv) − ∇f(θ−εv)) / 2ε: no second derivative of any tensor operation is ever asked for,
 * since those of tfjs are silently wrong for operations that keep their outputs.
 *
 * @param direction v, any length; a zero or non-finite v gives zeros or NaN
 * @param length ‖εv‖
 */
export function hessianVectorProduct(gradientAt: GradientAt, weights: Vector, direction: Vector, length: number): Float64Array {
  const epsilon = length / Math.sqrt(normSquared(direction))
  const ahead = new Float64Array(weights.length)
  if (epsilon === Number.POSITIVE_INFINITY) return ahead
  const behind = new Float64Array(weights.length)
  gradientAt(plusScaled(weights, epsilon, direction), ahead)
  gradientAt(plusScaled(weights, -epsilon, direction), behind)
  for (let i = 0; i < ahead.length; i += 1) ahead[i] = ((ahead[i] ?? 0) - (behind[i] ?? 0)) / (2 * epsilon)
  return ahead
}

/**
 * Chooses the displacement from the scale of the weights, then checks it by halving: the product must not change. Keeps the length whose halving changed least,
 * since too long a step feels higher derivatives and too short a one only rounding.
 */
export function chooseStepLength(gradientAt: GradientAt, weights: Vector, direction: Vector): StepLength {
  let length = largestShare * Math.max(Math.sqrt(normSquared(weights)), 1e-3)
  let product = hessianVectorProduct(gradientAt, weights, direction, length)
  let best: StepLength = { length, halvingError: Number.POSITIVE_INFINITY }
  for (let halving = 0; halving < halvingLimit; halving += 1) {
    length /= 2
    const next = hessianVectorProduct(gradientAt, weights, direction, length)
    const halvingError = Math.sqrt(normSquared(plusScaled(next, -1, product)) / normSquared(next))
    if (halvingError < best.halvingError) best = { length, halvingError }
    if (!(halvingError >= goodEnough)) break
    product = next
  }
  return best
}

/** vᵀ H v from a product. */
export function quadraticForm(direction: Vector, product: Vector): number {
  return dot(direction, product)
}
