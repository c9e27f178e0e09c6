import { EigenvalueDecomposition, Matrix } from 'ml-matrix'

/** Points in the plane whose distances come close to given ones. */
export interface PlaneMap {
  /** `[count]` points, centred on the origin, in units of the distances; the first axis is the longer one. */
  readonly points: readonly { readonly x: number; readonly y: number }[]
  /** (λ₁ + λ₂) / Σ|λ|, in [0, 1]: how much of the distances the plane holds (Mardia 1979, eq. 14.4.7). */
  readonly explainedShare: number
  /** √(Σ(d − d̂)² / Σd²) over the pairs, d̂ the distance in the plane: 0 for a faithful map (Kruskal 1964, stress-1, raw distances). */
  readonly stress: number
}

/**
 * Classical multidimensional scaling (Torgerson 1952; Gower 1966): the eigenvectors of −½ J D² J with the two largest eigenvalues, each scaled by the root of its eigenvalue.
 * Negative eigenvalues (distances that fit no Euclidean space) are not drawn; they lower `explainedShare`. Where two eigenvalues are equal the axes are arbitrary.
 * The sign of each axis is fixed: its point farthest from the origin (the first of equals) is on the positive side.
 *
 * @param distances symmetric, zero on the diagonal, `[count, count]` with count ≥ 2
 * @returns undefined for fewer than two points, a distance that is not finite, or no distance above zero
 */
export function classicalScaling(distances: readonly (readonly number[])[]): PlaneMap | undefined {
  const count = distances.length
  if (count < 2 || distances.some((row) => row.length !== count || !row.every(Number.isFinite))) return undefined
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(centredSquares(distances), {
    assumeSymmetric: true,
  })
  const magnitude = realEigenvalues.reduce((sum, value) => sum + Math.abs(value), 0)
  if (!(magnitude > 0)) return undefined
  const order = realEigenvalues.map((_, k) => k).sort((a, b) => (realEigenvalues[b] ?? 0) - (realEigenvalues[a] ?? 0))
  const axis = (rank: number): number[] => {
    const k = order[rank] ?? 0
    const length = Math.sqrt(Math.max(0, rank < count ? (realEigenvalues[k] ?? 0) : 0))
    return orient(Array.from({ length: count }, (_, i) => eigenvectorMatrix.get(i, k) * length))
  }
  const [first, second] = [axis(0), axis(1)]
  const points = first.map((x, i) => ({ x, y: second[i] ?? 0 }))
  const drawn = [0, 1].reduce((sum, rank) => sum + Math.max(0, realEigenvalues[order[rank] ?? 0] ?? 0), 0)
  return { points, explainedShare: drawn / magnitude, stress: stressOf(distances, points) }
}

/** −½ J D² J: squared distances, centred by rows and columns. */
function centredSquares(distances: readonly (readonly number[])[]): Matrix {
  const squares = distances.map((row) => row.map((distance) => distance ** 2))
  const rowMeans = squares.map((row) => row.reduce((sum, value) => sum + value, 0) / row.length)
  const total = rowMeans.reduce((sum, value) => sum + value, 0) / rowMeans.length
  return new Matrix(
    squares.map((row, i) =>
      row.map((value, j) => -0.5 * (value - (rowMeans[i] ?? Number.NaN) - (rowMeans[j] ?? Number.NaN) + total)),
    ),
  )
}

function orient(values: number[]): number[] {
  // The tolerance keeps rounding from choosing between points that are equally far.
  const farthest = Math.max(...values.map(Math.abs)) * (1 - 1e-9)
  const leading = values.find((value) => Math.abs(value) >= farthest) ?? 0
  return leading < 0 ? values.map((value) => 0 - value) : values
}

function stressOf(distances: readonly (readonly number[])[], points: PlaneMap['points']): number {
  let residual = 0
  let size = 0
  points.forEach((a, i) => {
    points.slice(0, i).forEach((b, j) => {
      const distance = distances[i]?.[j] ?? Number.NaN
      residual += (distance - Math.hypot(a.x - b.x, a.y - b.y)) ** 2
      size += distance ** 2
    })
  })
  return Math.sqrt(residual / size)
}
