import { createRandomGenerator } from '../random/randomGenerator.ts'
import {
  medianPairDistance,
  projectRows,
  rowCount,
  sumOfKernels,
  sumOfRoots,
  visitRows,
  wassersteinPOfSorted,
  type PointCloud,
} from './distances.ts'
import { sortedCopy } from './sortWithOrder.ts'

/** Distances between several clouds of points, `[cloud][cloud]`. */
export interface CloudDistances {
  /** √(2E‖X−Y‖ − E‖X−X'‖ − E‖Y−Y'‖) over all pairs (Székely & Rizzo 2013), the root as scipy takes it on the line; zero on the diagonal. */
  readonly energy: readonly (readonly number[])[]
  /** Unbiased MMD² with one Gaussian kernel for all pairs (Gretton et al. 2012, eq. 3); may be negative; zero on the diagonal. */
  readonly mmdSquared: readonly (readonly number[])[]
  /** Of the kernel exp(−‖x−y‖²/(2·bandwidth²)): the median distance between pooled points (Gretton et al. 2012, section 8). */
  readonly bandwidth: number
}

const square = (count: number): number[][] =>
  Array.from({ length: count }, () => Array.from({ length: count }, () => 0))

/**
 * Energy distance and MMD² between all pairs of clouds in one pass over the pairs of points: O(N² · dimension) for N points together, so thin long samples first.
 *
 * @param clouds each of at least two finite rows, all of one dimension
 * @returns NaN bandwidth and MMD² when all points coincide
 */
export function cloudDistances(clouds: readonly PointCloud[]): CloudDistances {
  const bandwidth = medianDistance(clouds)
  const scale = -1 / (2 * bandwidth ** 2)
  const distance = square(clouds.length)
  const kernel = square(clouds.length)
  clouds.forEach((a, i) => {
    for (const [j, b] of clouds.slice(0, i + 1).entries()) {
      let distances = 0
      let kernels = 0
      visitRows(a, b, i === j, (squared) => {
        distances += sumOfRoots(squared)
        kernels += sumOfKernels(squared, scale)
      })
      const [m, n] = [rowCount(a), rowCount(b)]
      // Pairs within a cloud are visited once, so twice their sum is that over ordered pairs.
      distance[i]?.splice(j, 1, i === j ? (2 * distances) / (m * m) : distances / (m * n))
      kernel[i]?.splice(j, 1, i === j ? (2 * kernels) / (m * (m - 1)) : kernels / (m * n))
    }
  })
  const contrast = (matrix: number[][], i: number, j: number) => {
    const at = (row: number, column: number) => matrix[row]?.[column] ?? Number.NaN
    return at(i, i) + at(j, j) - 2 * at(Math.max(i, j), Math.min(i, j))
  }
  const all = clouds.map((_, i) => i)
  return {
    energy: all.map((i) => all.map((j) => (i === j ? 0 : Math.sqrt(Math.max(0, -contrast(distance, i, j)))))),
    mmdSquared: all.map((i) => all.map((j) => (i === j ? 0 : contrast(kernel, i, j)))),
    bandwidth,
  }
}

const medianPointLimit = 256

/** Median distance between pooled rows, over at most 256 of them, evenly spaced. */
function medianDistance(clouds: readonly PointCloud[]): number {
  const dimension = clouds[0]?.dimension ?? 1
  const rows = clouds.flatMap(({ values }) =>
    Array.from({ length: values.length / dimension }, (_, i) => values.subarray(i * dimension, (i + 1) * dimension)),
  )
  const stride = Math.ceil(rows.length / medianPointLimit)
  const kept = rows.filter((_, i) => i % stride === 0)
  const median = medianPairDistance({ dimension, values: Float64Array.from(kept.flatMap((row) => [...row])) })
  return median > 0 ? median : Number.NaN
}

/** `count` unit vectors, uniform on the sphere; row-major `[count, dimension]`. */
export function randomDirections(count: number, dimension: number, seed: number): Float64Array {
  const random = createRandomGenerator(seed)
  const directions = Float64Array.from({ length: count * dimension }, () => random.normal())
  for (let row = 0; row < count; row += 1) {
    const direction = directions.subarray(row * dimension, (row + 1) * dimension)
    const norm = Math.hypot(...direction)
    direction.forEach((value, k) => (direction[k] = value / norm))
  }
  return directions
}

/**
 * Sliced Wasserstein-2 distance (mean over directions of W₂²)^½ (Bonneel et al. 2015) between all pairs of clouds, each projected once.
 *
 * @param directions unit vectors, row-major `[count, dimension]`
 */
export function slicedWassersteinMatrix(clouds: readonly PointCloud[], directions: Float64Array): number[][] {
  const dimension = clouds[0]?.dimension ?? 1
  const count = directions.length / dimension
  const projected = clouds.map((cloud) =>
    Array.from({ length: count }, (_, k) =>
      sortedCopy(projectRows(cloud, directions.subarray(k * dimension, (k + 1) * dimension))),
    ),
  )
  const matrix = square(clouds.length)
  projected.forEach((a, i) => {
    for (const [j, b] of projected.slice(0, i).entries()) {
      const total = a.reduce(
        (sum, values, k) => sum + wassersteinPOfSorted(values, b[k] ?? new Float64Array(), 2) ** 2,
        0,
      )
      const distance = Math.sqrt(total / count)
      matrix[i]?.splice(j, 1, distance)
      matrix[j]?.splice(i, 1, distance)
    }
  })
  return matrix
}
