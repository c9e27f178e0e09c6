import { quantileOfSorted } from './moments.ts'
import { sortedCopy } from './sortWithOrder.ts'

/**
 * Distances between two samples on the line. All take samples without NaN, of any two lengths ≥ 1, unsorted; an empty sample gives NaN.
 */

/** Distances that follow from the two empirical distribution functions F and G. */
export interface LineDistances {
  /** sup |F − G|, in [0, 1]. */
  readonly kolmogorovSmirnov: number
  /** ∫|F − G| dx, in units of the values. */
  readonly wasserstein1: number
  /** √(2∫(F − G)² dx), in the root of those units. */
  readonly energy: number
}

/**
 * All of them in one walk over the pooled values, O(n).
 *
 * @param x ascending, without NaN
 * @param y the same, of any length ≥ 1
 * @param shift added to every value of `x`
 * @returns NaN when a sample is empty
 */
export function distancesOfSorted(x: Float64Array, y: Float64Array, shift = 0): LineDistances {
  const [m, n] = [x.length, y.length]
  if (m === 0 || n === 0) return { kolmogorovSmirnov: Number.NaN, wasserstein1: Number.NaN, energy: Number.NaN }
  let i = 0
  let j = 0
  // F − G in whole steps of 1/(mn), exactly.
  let difference = 0
  let largest = 0
  let sum = 0
  let squares = 0
  let current = Math.min((x[0] ?? Number.NaN) + shift, y[0] ?? Number.NaN)
  // Which sample the next value comes from is as good as random: it is looked up, since a branch on it would be guessed wrongly half the time.
  const heads = new Float64Array(2)
  while (i + j < m + n) {
    const nextX = i < m ? (x[i] ?? Number.NaN) + shift : Number.POSITIVE_INFINITY
    const nextY = j < n ? (y[j] ?? Number.NaN) : Number.POSITIVE_INFINITY
    heads[0] = nextY
    heads[1] = nextX
    const isOfX = Number(nextX <= nextY)
    const next = heads[isOfX] ?? Number.NaN
    if (next !== current) {
      const height = Math.abs(difference)
      if (height > largest) largest = height
      // Infinite and undefined values end the walk.
      if (!(next < Number.POSITIVE_INFINITY)) break
      const area = (next - current) * height
      sum += area
      squares += area * height
      current = next
    }
    i += isOfX
    j += 1 - isOfX
    difference += isOfX * (m + n) - m
  }
  const step = 1 / m / n
  return { kolmogorovSmirnov: largest * step, wasserstein1: sum * step, energy: Math.sqrt(2 * squares) * step }
}

/** Kolmogorov-Smirnov distance sup |F − G|, in [0, 1]. */
export function kolmogorovSmirnovDistance(a: Float64Array, b: Float64Array): number {
  return distancesOfSorted(sortedCopy(a), sortedCopy(b)).kolmogorovSmirnov
}

/** Wasserstein-1 distance ∫|F − G| dx, in units of the values. Equals scipy.stats.wasserstein_distance. */
export function wasserstein1(a: Float64Array, b: Float64Array): number {
  return distancesOfSorted(sortedCopy(a), sortedCopy(b)).wasserstein1
}

/** Energy distance √(2∫(F − G)² dx), the square root as scipy.stats.energy_distance defines it; units are the root of those of the values. */
export function energyDistance(a: Float64Array, b: Float64Array): number {
  return distancesOfSorted(sortedCopy(a), sortedCopy(b)).energy
}

/** Wasserstein-p distance between the quantile functions: (∫|F⁻¹ − G⁻¹|^p du)^{1/p}, p ≥ 1. */
export function wassersteinP(a: Float64Array, b: Float64Array, p: number): number {
  if (a.length === 0 || b.length === 0) return Number.NaN
  return wassersteinPOfSorted(sortedCopy(a), sortedCopy(b), p)
}

/** The same of two ascending samples, at least one value each. */
export function wassersteinPOfSorted(x: Float64Array, y: Float64Array, p: number): number {
  return wassersteinPowerOfSorted(x, y, p) ** (1 / p)
}

function wassersteinPowerOfSorted(x: Float64Array, y: Float64Array, p: number): number {
  let i = 0
  let j = 0
  let level = 0
  let sum = 0
  while (i < x.length && j < y.length) {
    // Levels are compared as whole numbers, so that equal steps of both samples never leave a sliver.
    const stepX = (i + 1) * y.length
    const stepY = (j + 1) * x.length
    const next = Math.min(stepX, stepY)
    const difference = Math.abs((x[i] ?? Number.NaN) - (y[j] ?? Number.NaN))
    sum += (next - level) * (p === 2 ? difference * difference : difference ** p)
    level = next
    if (stepX === next) i += 1
    if (stepY === next) j += 1
  }
  return sum / (x.length * y.length)
}

/** Points in the plane or higher: row-major `[count, dimension]`. */
export interface PointCloud {
  readonly dimension: number
  readonly values: Float64Array
}

/** ⟨row, direction⟩ for every row; `[count]`. */
export function projectRows(cloud: PointCloud, direction: Float64Array): Float64Array {
  const { dimension, values } = cloud
  const projected = new Float64Array(values.length / dimension)
  for (let row = 0; row < projected.length; row += 1) {
    let sum = 0
    for (let k = 0; k < dimension; k += 1) sum += (values[row * dimension + k] ?? Number.NaN) * (direction[k] ?? 0)
    projected[row] = sum
  }
  return projected
}

/**
 * Sliced Wasserstein distance (mean over directions of W_p^p)^{1/p} (Bonneel et al. 2015). Equals POT's with the same projections.
 *
 * @param directions unit vectors, row-major `[count, dimension]`
 */
export function slicedWasserstein(a: PointCloud, b: PointCloud, directions: Float64Array, p = 2): number {
  const count = directions.length / a.dimension
  let sum = 0
  for (let k = 0; k < count; k += 1) {
    const direction = directions.subarray(k * a.dimension, (k + 1) * a.dimension)
    sum += wassersteinPowerOfSorted(sortedCopy(projectRows(a, direction)), sortedCopy(projectRows(b, direction)), p)
  }
  return (sum / count) ** (1 / p)
}

/**
 * Unbiased squared maximum mean discrepancy with the kernel exp(−‖x−y‖²/(2·bandwidth²)) (Gretton et al. 2012, eq. 3). May be negative.
 * O(n²): thin long samples first. Both samples need at least two rows.
 */
export function maximumMeanDiscrepancySquared(a: PointCloud, b: PointCloud, bandwidth: number): number {
  const scale = -1 / (2 * bandwidth ** 2)
  const kernels = (squared: Float64Array) => sumOfKernels(squared, scale)
  const [m, n] = [rowCount(a), rowCount(b)]
  const within = (cloud: PointCloud, count: number) => (2 * sumWithin(cloud, kernels)) / (count * (count - 1))
  return within(a, m) + within(b, n) - (2 * sumBetween(a, b, kernels)) / (m * n)
}

/** Energy statistic 2E‖X−Y‖ − E‖X−X'‖ − E‖Y−Y'‖ in any dimension, all pairs counted (V-statistic, no root; Székely & Rizzo 2013). O(n²). */
export function energyStatistic(a: PointCloud, b: PointCloud): number {
  const [m, n] = [rowCount(a), rowCount(b)]
  const within = (cloud: PointCloud, count: number) => (2 * sumWithin(cloud, sumOfRoots)) / count ** 2
  return (2 * sumBetween(a, b, sumOfRoots)) / (m * n) - within(a, m) - within(b, n)
}

/** Σ exp(scale · s). */
export function sumOfKernels(squared: Float64Array, scale: number): number {
  let sum = 0
  for (let j = 0; j < squared.length; j += 1) sum += Math.exp(scale * (squared[j] ?? Number.NaN))
  return sum
}

/** Σ √s. */
export function sumOfRoots(squared: Float64Array): number {
  let sum = 0
  for (let j = 0; j < squared.length; j += 1) sum += Math.sqrt(squared[j] ?? Number.NaN)
  return sum
}

/** Median Euclidean distance of all pairs of rows: the usual width of a Gaussian kernel (Gretton et al. 2012, sec. 8). O(n² log n); NaN below two rows, and where a value is not finite. */
export function medianPairDistance(cloud: PointCloud): number {
  const count = rowCount(cloud)
  const distances = new Float64Array((count * (count - 1)) / 2)
  let next = 0
  visitRows(cloud, cloud, true, (squared) => {
    distances.set(squared.map(Math.sqrt), next)
    next += squared.length
  })
  return distances.some(Number.isNaN) ? Number.NaN : quantileOfSorted(sortedCopy(distances), 0.5)
}

/** Rows of a cloud. */
export function rowCount({ values, dimension }: PointCloud): number {
  return values.length / dimension
}

type OfSquaredDistances = (squared: Float64Array) => number

/** Over the unordered pairs of one cloud. */
function sumWithin(cloud: PointCloud, of: OfSquaredDistances): number {
  let sum = 0
  visitRows(cloud, cloud, true, (squared) => {
    sum += of(squared)
  })
  return sum
}

function sumBetween(a: PointCloud, b: PointCloud, of: OfSquaredDistances): number {
  let sum = 0
  visitRows(a, b, false, (squared) => {
    sum += of(squared)
  })
  return sum
}

/**
 * For every row of `a`, visits its squared distances to all rows of `b`; with `isSame`, where both are one cloud, to the rows before it, so that each unordered pair comes once.
 * The array is used again for the next row.
 */
export function visitRows(
  a: PointCloud,
  b: PointCloud,
  isSame: boolean,
  visit: (squaredDistances: Float64Array) => void,
): void {
  const distances = new Float64Array(rowCount(b))
  for (let row = 0; row < rowCount(a); row += 1) {
    const squared = isSame ? distances.subarray(0, row) : distances
    squaredDistances(a.values.subarray(row * a.dimension, (row + 1) * a.dimension), b.values, squared)
    visit(squared)
  }
}

/** From one point to the first rows of a cloud, as many as `squared` holds; four at a time, whose sums do not wait for each other. */
function squaredDistances(point: Float64Array, rows: Float64Array, squared: Float64Array): void {
  const dimension = point.length
  const count = squared.length
  const end = count - (count % 4)
  for (let row = 0; row < end; row += 4) {
    let a = 0
    let b = 0
    let c = 0
    let d = 0
    const start = row * dimension
    for (let k = 0; k < dimension; k += 1) {
      const value = point[k] ?? Number.NaN
      const toA = value - (rows[start + k] ?? Number.NaN)
      const toB = value - (rows[start + dimension + k] ?? Number.NaN)
      const toC = value - (rows[start + 2 * dimension + k] ?? Number.NaN)
      const toD = value - (rows[start + 3 * dimension + k] ?? Number.NaN)
      a += toA * toA
      b += toB * toB
      c += toC * toC
      d += toD * toD
    }
    squared[row] = a
    squared[row + 1] = b
    squared[row + 2] = c
    squared[row + 3] = d
  }
  for (let row = end; row < count; row += 1) {
    let sum = 0
    for (let k = 0; k < dimension; k += 1) {
      const difference = (point[k] ?? Number.NaN) - (rows[row * dimension + k] ?? Number.NaN)
      sum += difference * difference
    }
    squared[row] = sum
  }
}
