import { EigenvalueDecomposition, Matrix } from 'ml-matrix'

export interface Eigenpair {
  readonly value: number
  /** Of unit length. */
  readonly vector: readonly number[]
}

/**
 * Eigenpairs of a symmetric tridiagonal matrix, ascending.
 *
 * @param diagonal `[m]`, finite; empty gives no pairs
 * @param offDiagonal at least m − 1 entries; further ones are not used
 */
export function tridiagonalEigenpairs(diagonal: readonly number[], offDiagonal: readonly number[]): Eigenpair[] {
  const size = diagonal.length
  const matrix = Matrix.zeros(size, size)
  diagonal.forEach((value, i) => matrix.set(i, i, value))
  offDiagonal.slice(0, Math.max(0, size - 1)).forEach((value, i) => {
    matrix.set(i, i + 1, value)
    matrix.set(i + 1, i, value)
  })
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(matrix, { assumeSymmetric: true })
  return realEigenvalues
    .map((value, column) => ({ value, vector: eigenvectorMatrix.getColumn(column) }))
    .sort((a, b) => a.value - b.value)
}
