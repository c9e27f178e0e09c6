import { quantileOfSorted } from './moments.ts'

/**
 * Distances between two samples on the line. All take samples without NaN, of any two lengths ≥ 1, unsorted; an empty sample gives NaN.
 */

/** Visits the pooled sorted values; `visit(gap, F, G)` gets the width to the next value and both empirical distribution functions on it. */
function walkDistributions(a: Float64Array, b: Float64Array, visit: (gap: number, f: number, g: number) => void): void {
  const x = a.slice().sort()
  const y = b.slice().sort()
  let i = 0
  let j = 0
  let current = Math.min(x[0] ?? Number.NaN, y[0] ?? Number.NaN)
  while (i < x.length || j < y.length) {
    while (i < x.length && (x[i] ?? Number.NaN) <= current) i += 1
    while (j < y.length && (y[j] ?? Number.NaN) <= current) j += 1
    const next = Math.min(x[i] ?? Number.POSITIVE_INFINITY, y[j] ?? Number.POSITIVE_INFINITY)
    visit(next === Number.POSITIVE_INFINITY ? 0 : next - current, i / x.length, j / y.length)
    if (!(next > current)) return
    current = next
  }
}

/** Kolmogorov-Smirnov distance sup |F − G|, in [0, 1]. */
export function kolmogorovSmirnovDistance(a: Float64Array, b: Float64Array): number {
  if (a.length === 0 || b.length === 0) return Number.NaN
  let largest = 0
  walkDistributions(a, b, (_, f, g) => {
    largest = Math.max(largest, Math.abs(f - g))
  })
  return largest
}

/** Wasserstein-1 distance ∫|F − G| dx, in units of the values. Equals scipy.stats.wasserstein_distance. */
export function wasserstein1(a: Float64Array, b: Float64Array): number {
  if (a.length === 0 || b.length === 0) return Number.NaN
  let sum = 0
  walkDistributions(a, b, (gap, f, g) => {
    sum += gap * Math.abs(f - g)
  })
  return sum
}

/** Energy distance √(2∫(F − G)² dx), the square root as scipy.stats.energy_distance defines it; units are the root of those of the values. */
export function energyDistance(a: Float64Array, b: Float64Array): number {
  if (a.length === 0 || b.length === 0) return Number.NaN
  let sum = 0
  walkDistributions(a, b, (gap, f, g) => {
    sum += gap * (f - g) ** 2
  })
  return Math.sqrt(2 * sum)
}

/** Wasserstein-p distance between the quantile functions: (∫|F⁻¹ − G⁻¹|^p du)^{1/p}, p ≥ 1. */
export function wassersteinP(a: Float64Array, b: Float64Array, p: number): number {
  if (a.length === 0 || b.length === 0) return Number.NaN
  return wassersteinPowerOfSorted(a.slice().sort(), b.slice().sort(), p) ** (1 / p)
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
    sum += (next - level) * Math.abs((x[i] ?? Number.NaN) - (y[j] ?? Number.NaN)) ** p
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
  return Float64Array.from({ length: values.length / dimension }, (_, row) => {
    let sum = 0
    for (let k = 0; k < dimension; k += 1) sum += (values[row * dimension + k] ?? Number.NaN) * (direction[k] ?? 0)
    return sum
  })
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
    sum += wassersteinPowerOfSorted(projectRows(a, direction).sort(), projectRows(b, direction).sort(), p)
  }
  return (sum / count) ** (1 / p)
}

/**
 * Unbiased squared maximum mean discrepancy with the kernel exp(−‖x−y‖²/(2·bandwidth²)) (Gretton et al. 2012, eq. 3). May be negative.
 * O(n²): thin long samples first. Both samples need at least two rows.
 */
export function maximumMeanDiscrepancySquared(a: PointCloud, b: PointCloud, bandwidth: number): number {
  const m = a.values.length / a.dimension
  const n = b.values.length / b.dimension
  const within = (cloud: PointCloud, count: number) =>
    (kernelSum(cloud, cloud, bandwidth) - count) / (count * (count - 1))
  return within(a, m) + within(b, n) - (2 * kernelSum(a, b, bandwidth)) / (m * n)
}

/** Median Euclidean distance of all pairs of rows: the usual width of a Gaussian kernel (Gretton et al. 2012, sec. 8). O(n² log n); NaN below two rows, and where a value is not finite. */
export function medianPairDistance(cloud: PointCloud): number {
  const { dimension, values } = cloud
  const count = values.length / dimension
  const distances = new Float64Array((count * (count - 1)) / 2)
  let next = 0
  for (let i = 0; i < count; i += 1)
    for (let j = 0; j < i; j += 1) {
      let squared = 0
      for (let k = 0; k < dimension; k += 1)
        squared += ((values[i * dimension + k] ?? Number.NaN) - (values[j * dimension + k] ?? Number.NaN)) ** 2
      distances[next++] = Math.sqrt(squared)
    }
  return distances.some(Number.isNaN) ? Number.NaN : quantileOfSorted(distances.sort(), 0.5)
}

function kernelSum(a: PointCloud, b: PointCloud, bandwidth: number): number {
  const scale = -1 / (2 * bandwidth ** 2)
  let sum = 0
  forEachPair(a, b, (squared) => {
    sum += Math.exp(scale * squared)
  })
  return sum
}

/** Energy statistic 2E‖X−Y‖ − E‖X−X'‖ − E‖Y−Y'‖ in any dimension, all pairs counted (V-statistic, no root; Székely & Rizzo 2013). O(n²). */
export function energyStatistic(a: PointCloud, b: PointCloud): number {
  return 2 * meanDistance(a, b) - meanDistance(a, a) - meanDistance(b, b)
}

function meanDistance(a: PointCloud, b: PointCloud): number {
  let sum = 0
  forEachPair(a, b, (squared) => {
    sum += Math.sqrt(squared)
  })
  return sum / ((a.values.length / a.dimension) * (b.values.length / b.dimension))
}

function forEachPair(a: PointCloud, b: PointCloud, visit: (squaredDistance: number) => void): void {
  const { dimension } = a
  for (let i = 0; i < a.values.length; i += dimension)
    for (let j = 0; j < b.values.length; j += dimension) {
      let squared = 0
      for (let k = 0; k < dimension; k += 1)
        squared += ((a.values[i + k] ?? Number.NaN) - (b.values[j + k] ?? Number.NaN)) ** 2
      visit(squared)
    }
}
