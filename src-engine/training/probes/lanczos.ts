import { EigenvalueDecomposition, Matrix } from 'ml-matrix'
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

/** Extreme eigenpairs of the tridiagonal matrix, ordered by eigenvalue. */
function tridiagonalEigen(diagonal: readonly number[], offDiagonal: readonly number[]) {
  const size = diagonal.length
  const matrix = Matrix.zeros(size, size)
  diagonal.forEach((value, i) => matrix.set(i, i, value))
  offDiagonal.slice(0, size - 1).forEach((value, i) => {
    matrix.set(i, i + 1, value)
    matrix.set(i + 1, i, value)
  })
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(matrix, { assumeSymmetric: true })
  const order = realEigenvalues.map((value, index) => ({ value, index })).sort((a, b) => a.value - b.value)
  const pick = (position: number) => {
    const { value, index } = order[position] ?? { value: Number.NaN, index: 0 }
    return { value, vector: eigenvectorMatrix.getColumn(index) }
  }
  return { smallest: pick(0), largest: pick(size - 1) }
}

function orthogonalise(vector: Float64Array, basis: readonly Float64Array[]): void {
  // Twice is enough (Parlett 1998): the second pass removes what rounding left of the first.
  for (let pass = 0; pass < 2; pass += 1) for (const earlier of basis) addScaled(vector, -dot(vector, earlier), earlier)
}

/**
 * Extreme eigenvalues of a symmetric operator by Lanczos iteration with full re-orthogonalisation (Lanczos 1950; Parlett 1998). `largest` is a lower bound
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
  const basis: Float64Array[] = []
  const diagonal: number[] = []
  const offDiagonal: number[] = []
  let next = plusScaled(new Float64Array(start.length), 1 / Math.sqrt(normSquared(start)), start)
  for (let iteration = 0; iteration < Math.min(iterations, start.length); iteration += 1) {
    basis.push(next)
    const image = multiply(next)
    diagonal.push(dot(next, image))
    orthogonalise(image, basis)
    const length = Math.sqrt(normSquared(image))
    offDiagonal.push(length)
    if (!Number.isFinite(length)) return failedLanczos(start.length, iteration + 1)
    if (length <= breakdown * Math.max(...diagonal.map(Math.abs), ...offDiagonal)) break
    next = plusScaled(new Float64Array(start.length), 1 / length, image)
  }
  return assemble(multiply, basis, diagonal, offDiagonal)
}

function assemble(
  multiply: (vector: Float64Array) => Float64Array,
  basis: readonly Float64Array[],
  diagonal: readonly number[],
  offDiagonal: readonly number[],
): LanczosResult {
  const { smallest, largest } = tridiagonalEigen(diagonal, offDiagonal)
  const largestVector = new Float64Array(basis[0]?.length ?? 0)
  basis.forEach((vector, i) => addScaled(largestVector, largest.vector[i] ?? 0, vector))
  const residual = plusScaled(multiply(largestVector), -largest.value, largestVector)
  return {
    largest: largest.value,
    largestResidual: Math.sqrt(normSquared(residual)),
    smallest: smallest.value,
    smallestResidual: Math.abs((offDiagonal.at(-1) ?? 0) * (smallest.vector.at(-1) ?? 0)),
    largestVector,
    productCount: basis.length + 1,
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
