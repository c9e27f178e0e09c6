import { tridiagonalEigenpairs } from './tridiagonalEigenpairs.ts'
import { addScaled, dot, normSquared, plusScaled } from './vector.ts'

export interface LanczosResult {
  largest: number
  /** ‖Hq − λq‖ for the unit vector q of `largest`, measured by one more product: an eigenvalue lies within this distance. */
  largestResidual: number
  smallest: number
  /** The same for `smallest`, from the recurrence: |β s|. */
  smallestResidual: number
  /** Unit vector of `largest`. */
  largestVector: Float64Array
  /** Products used. */
  productCount: number
}

/** Below this share of the operator's scale a new direction is rounding: the Krylov space is exhausted. */
const breakdown = 1e-10

/** A symmetric operator in an orthonormal basis of a Krylov space, where it is tridiagonal. */
export interface LanczosBasis {
  /** Orthonormal, the first along the start vector; each `[n]`. */
  readonly vectors: readonly Float64Array[]
  /** α, one per vector. */
  readonly diagonal: readonly number[]
  /** β, one per vector: the last is what remains outside the space, 0 (up to rounding) when the space is invariant. */
  readonly offDiagonal: readonly number[]
  /** False when a product was not finite; the last entries are then not finite either. */
  readonly isFinite: boolean
}

function removeComponents(vector: Float64Array, basis: readonly Float64Array[]): void {
  for (const direction of basis) addScaled(vector, -dot(vector, direction), direction)
}

/**
 * Lanczos iteration with full re-orthogonalisation (Lanczos 1950; Parlett 1998): the two components that are not zero by theory are removed first,
 * then what rounding left of all. Ends early when the Krylov space is exhausted or a product is not finite.
 *
 * @param multiply v ↦ H v, `[n]` to `[n]`; may return its argument's content, not the argument itself
 * @param start any non-zero vector, `[n]`
 * @param iterations at most this many products, at least 1
 */
export function lanczosBasis(
  multiply: (vector: Float64Array) => Float64Array,
  start: Float64Array,
  iterations: number,
): LanczosBasis {
  const vectors: Float64Array[] = []
  const diagonal: number[] = []
  const offDiagonal: number[] = []
  let next = plusScaled(new Float64Array(start.length), 1 / Math.sqrt(normSquared(start)), start)
  for (let iteration = 0; iteration < Math.min(iterations, start.length); iteration += 1) {
    vectors.push(next)
    const image = multiply(next)
    diagonal.push(dot(next, image))
    removeComponents(image, vectors.slice(-2))
    removeComponents(image, vectors)
    const length = Math.sqrt(normSquared(image))
    offDiagonal.push(length)
    if (!Number.isFinite(length)) return { vectors, diagonal, offDiagonal, isFinite: false }
    if (length <= breakdown * Math.max(...diagonal.map(Math.abs), ...offDiagonal)) break
    next = plusScaled(new Float64Array(start.length), 1 / length, image)
  }
  return { vectors, diagonal, offDiagonal, isFinite: true }
}

/**
 * Extreme eigenvalues of a symmetric operator by Lanczos iteration. `largest` is a lower bound
 * of the true one, and its residual bounds the distance to some eigenvalue. All NaN when the operator returns something that is not finite.
 *
 * @param multiply v ↦ H v, `[n]` to `[n]`
 * @param start any non-zero vector, `[n]`
 * @param iterations at most this many products, one more for the residual
 */
export function lanczos(
  multiply: (vector: Float64Array) => Float64Array,
  start: Float64Array,
  iterations: number,
): LanczosResult {
  const { vectors, diagonal, offDiagonal, isFinite } = lanczosBasis(multiply, start, iterations)
  const pairs = isFinite ? tridiagonalEigenpairs(diagonal, offDiagonal) : []
  const smallest = pairs[0]
  const largest = pairs.at(-1)
  if (!smallest || !largest) return failedLanczos(start.length, vectors.length)
  const largestVector = new Float64Array(start.length)
  vectors.forEach((vector, i) => addScaled(largestVector, largest.vector[i] ?? 0, vector))
  const residual = plusScaled(multiply(largestVector), -largest.value, largestVector)
  return {
    largest: largest.value,
    largestResidual: Math.sqrt(normSquared(residual)),
    smallest: smallest.value,
    smallestResidual: Math.abs((offDiagonal.at(-1) ?? 0) * (smallest.vector.at(-1) ?? 0)),
    largestVector,
    productCount: vectors.length + 1,
  }
}

function failedLanczos(size: number, productCount: number): LanczosResult {
  const nan = Number.NaN
  return {
    largest: nan,
    largestResidual: nan,
    smallest: nan,
    smallestResidual: nan,
    largestVector: new Float64Array(size).fill(nan),
    productCount,
  }
}
