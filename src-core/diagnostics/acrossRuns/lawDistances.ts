import { cloudDistances, randomDirections, slicedWassersteinMatrix } from '../../statistics/cloudDistances.ts'
import { concatenate } from '../../statistics/concatenate.ts'
import { energyDistance, wasserstein1, type PointCloud } from '../../statistics/distances.ts'
import { mean, standardDeviation } from '../../statistics/moments.ts'
import { pairingTest } from '../../statistics/pairingTest.ts'
import { thin } from '../observables/seriesRange.ts'

type DistanceMatrix = readonly (readonly number[])[]

/** Distances between the laws of one observable in several runs. Rows and columns are runs; components of a vector are in pooled standard deviations. */
export interface LawDistances {
  /** W1 between runs i and j; in units of the observable, for a vector the mean over components. 0 on the diagonal. */
  readonly wasserstein1: DistanceMatrix
  /** Energy distance, the root as scipy defines it; units are the root of those of the observable. */
  readonly energy: DistanceMatrix
  /** Sliced W2 of a vector over 32 fixed directions; missing for a scalar. */
  readonly slicedWasserstein2?: DistanceMatrix
  /** Unbiased MMD² of a vector, Gaussian kernel; its bandwidth is the median distance of pooled points. Missing for a scalar. */
  readonly mmdSquared?: DistanceMatrix
  readonly mmdBandwidth?: number
  /** W1 (sliced W2 of a vector) between half runs, `[2·runs, 2·runs]`; rows 2i and 2i + 1 are the first and second half of run i. */
  readonly halves: DistanceMatrix
  /** W1 between halves, divided by the baseline: 1 means as different as two halves of one run. On the diagonal the run's own halves. */
  readonly relative: DistanceMatrix
  /** Mean W1 between the two halves of one run. */
  readonly baseline: number
  /** Of the permutation over half runs: which halves belong to one run is exchanged. */
  readonly p: number
  readonly smallestP: number
}

/** Points of all halves together that enter the distances on the line. */
const distancePointBudget = 32_768
const fewestDistancePoints = 256
/** Components of a vector that enter the mean W1. */
const distanceComponentLimit = 16
/** Points of all runs together that enter the distances between clouds, whose cost grows with their square. */
const cloudPointBudget = 1024
const fewestCloudPoints = 32
const directionCount = 32

/**
 * Distances between the laws of one observable.
 *
 * @param components `[component][run]`, each of n ≥ 8 finite values that vary; a scalar has one component
 * @param seed of the directions, and of the random pairings beyond five runs
 */
export function lawDistances(
  components: readonly (readonly Float64Array[])[],
  runCount: number,
  seed: number,
): LawDistances {
  const used = spreadOver(components, distanceComponentLimit)
  const scales = components.length === 1 ? [1] : used.map(pooledSpread)
  const pointLimit = Math.max(fewestDistancePoints, Math.floor(distancePointBudget / (2 * runCount)))
  const halves = used.map((chains) => chains.flatMap((chain) => splitInHalves(chain, pointLimit)))
  const whole = used.map((chains) => chains.map((chain) => thin(chain, 2 * pointLimit).values))
  const betweenHalves = distanceMatrix(halves, scales, 2 * runCount)
  const { p, smallestP, within } = pairingTest(betweenHalves, seed)
  return {
    wasserstein1: distanceMatrix(whole, scales, runCount),
    ...(components.length <= 1
      ? { energy: distanceMatrix(whole, scales, runCount, energyDistance), halves: betweenHalves }
      : measureClouds(components, runCount, seed)),
    relative: relativeMatrix(betweenHalves, runCount, within),
    baseline: within,
    p,
    smallestP,
  }
}

/** How far runs lie apart, over the halves of one: the mean of `relative` over all pairs of runs. NaN where the halves of a run do not differ at all, as in a cycle. */
export function betweenOverWithin({ relative }: Pick<LawDistances, 'relative'>): number {
  const pairs = relative.flatMap((row, i) => row.filter((_, j) => j > i))
  const ratio = mean(Float64Array.from(pairs))
  return Number.isFinite(ratio) ? ratio : Number.NaN
}

/** At most `limit` items, by steps of the golden section, so that they never fall in step with a period of the order (classes of an output, rows of a layer). */
function spreadOver<Item>(items: readonly Item[], limit: number): Item[] {
  if (items.length <= limit) return [...items]
  const golden = (Math.sqrt(5) - 1) / 2
  const places = new Set<number>()
  for (let k = 0; places.size < limit; k += 1) places.add(Math.floor(((k * golden) % 1) * items.length))
  return items.filter((_, i) => places.has(i))
}

function pooledSpread(chains: readonly Float64Array[]): number {
  return standardDeviation(concatenate(chains))
}

function splitInHalves(chain: Float64Array, limit: number): Float64Array[] {
  const half = chain.length >> 1
  return [chain.subarray(0, half), chain.subarray(chain.length - half)].map((part) => thin(part, limit).values)
}

/** Mean over the components of a distance on the line in units of `scales`; symmetric, 0 on the diagonal. */
function distanceMatrix(
  components: readonly Float64Array[][],
  scales: readonly number[],
  count: number,
  distanceOf: (a: Float64Array, b: Float64Array) => number = wasserstein1,
): number[][] {
  const matrix = Array.from({ length: count }, () => Array.from({ length: count }, () => 0))
  for (let i = 0; i < count; i += 1)
    for (let j = 0; j < i; j += 1) {
      const distances = components.map((items, k) => {
        const [a, b] = [items[i], items[j]]
        return a && b ? distanceOf(a, b) / (scales[k] ?? Number.NaN) : Number.NaN
      })
      const value = mean(Float64Array.from(distances))
      matrix[i]?.splice(j, 1, value)
      matrix[j]?.splice(i, 1, value)
    }
  return matrix
}

function measureClouds(components: readonly (readonly Float64Array[])[], runCount: number, seed: number) {
  const scales = components.map(pooledSpread)
  const limit = Math.max(fewestCloudPoints, Math.floor(cloudPointBudget / runCount))
  const parts = (split: (chain: Float64Array) => Float64Array[]): PointCloud[] => {
    const chains = components.map((runs) => runs.flatMap(split))
    return Array.from({ length: chains[0]?.length ?? 0 }, (_, part) =>
      interleave(
        chains.map((component) => component[part] ?? new Float64Array()),
        scales,
      ),
    )
  }
  const whole = parts((chain) => [thin(chain, limit).values])
  const halves = parts((chain) => splitInHalves(chain, limit))
  const directions = randomDirections(directionCount, components.length, seed)
  const { energy, mmdSquared, bandwidth } = cloudDistances(whole)
  return {
    energy,
    slicedWasserstein2: slicedWassersteinMatrix(whole, directions),
    mmdSquared,
    mmdBandwidth: bandwidth,
    halves: slicedWassersteinMatrix(halves, directions),
  }
}

/** Components as rows of points, each in units of its scale. */
function interleave(components: readonly Float64Array[], scales: readonly number[]): PointCloud {
  const dimension = components.length
  const values = new Float64Array((components[0]?.length ?? 0) * dimension)
  components.forEach((component, k) => {
    component.forEach((value, row) => (values[row * dimension + k] = value / (scales[k] ?? Number.NaN)))
  })
  return { dimension, values }
}

/** From distances between halves to those between runs: the mean over the four pairs of halves, or over the run's own one. */
function relativeMatrix(halves: DistanceMatrix, runCount: number, baseline: number): number[][] {
  const distance = (i: number, j: number) => (halves[i]?.[j] ?? Number.NaN) / baseline
  return Array.from({ length: runCount }, (_, i) =>
    Array.from({ length: runCount }, (__, j) =>
      i === j
        ? distance(2 * i, 2 * i + 1)
        : [0, 1, 2, 3].reduce((sum, k) => sum + distance(2 * i + (k >> 1), 2 * j + (k & 1)) / 4, 0),
    ),
  )
}
