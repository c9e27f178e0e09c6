import { conservativeAutocorrelationTime } from '../statistics/autocorrelationTime.ts'
import { concatenate } from '../statistics/concatenate.ts'
import { wasserstein1 } from '../statistics/distances.ts'
import { isConstant, mean, standardDeviation } from '../statistics/moments.ts'
import { pairingTest } from '../statistics/pairingTest.ts'
import { rhatScatter } from '../statistics/rhatScatter.ts'
import { rankNormalisedSplitRhat } from '../statistics/splitRhat.ts'
import { thin } from './seriesRange.ts'

/** Distances between the laws of one observable in several runs. */
export interface LawDistances {
  /** W1 between runs i and j; in units of the observable, for a vector the mean over components in pooled standard deviations. 0 on the diagonal. */
  readonly wasserstein1: readonly (readonly number[])[]
  /** The same between halves, divided by the baseline: 1 means as different as two halves of one run. On the diagonal the run's own halves. */
  readonly relative: readonly (readonly number[])[]
  /** Mean W1 between the two halves of one run. */
  readonly baseline: number
  /** Of the permutation over half runs: which halves belong to one run is exchanged. */
  readonly p: number
  readonly smallestP: number
}

/** One observable in several runs: are the laws one? */
export interface LawComparison {
  /** Rank-normalised split-R̂, of a vector the largest among its components. */
  readonly rhat: number
  /** What R̂ of runs of one law exceeds by chance in `significance` of the cases, at these lengths and autocorrelation times. */
  readonly rhatScatter: number
  /** Smallest effective sample size among the runs. */
  readonly effectiveSampleSize: number
  /** Points per run. */
  readonly sampleSize: number
  readonly distances: LawDistances
}

/** Points of all halves together that enter the distances. */
const distancePointBudget = 32_768
const fewestDistancePoints = 256
/** Components of a vector that enter the distances, evenly spaced. */
const distanceComponentLimit = 16

/**
 * Compares the laws of one observable between runs of equal length.
 *
 * @param runs `[run][component]`, each of n ≥ 8 finite values; a scalar has one component
 * @param significance chance that R̂ of one law exceeds `rhatScatter` in any component
 * @param seed of the random pairings beyond five runs
 * @returns NaN numbers for a component that does not vary or is not finite; those components are left out while others vary
 */
export function compareLaws(
  runs: readonly (readonly Float64Array[])[],
  { significance, seed }: { significance: number; seed: number },
): LawComparison {
  const all = transpose(runs).filter((chains) => !isConstant(concatenate(chains)))
  const measured = all.map((chains) => measureRhat(chains, significance / all.length))
  const largest = measured.toSorted((a, b) => b.rhat / b.rhatScatter - a.rhat / a.rhatScatter)[0]
  return {
    rhat: largest?.rhat ?? Number.NaN,
    rhatScatter: largest?.rhatScatter ?? Number.NaN,
    effectiveSampleSize:
      measured.length === 0 ? Number.NaN : Math.min(...measured.map((one) => one.effectiveSampleSize)),
    sampleSize: runs[0]?.[0]?.length ?? 0,
    distances: measureDistances(all, runs.length, seed),
  }
}

function transpose(runs: readonly (readonly Float64Array[])[]): Float64Array[][] {
  return (runs[0] ?? []).map((_, k) => runs.flatMap((components) => components[k] ?? []))
}

/** R̂ looks at location and at spread, so the slower of both decides how much it scatters. */
function measureRhat(chains: readonly Float64Array[], level: number) {
  const centre = mean(Float64Array.from(chains, mean))
  const location = chains.map(conservativeAutocorrelationTime)
  const spread = chains.map((chain) => conservativeAutocorrelationTime(chain.map((value) => Math.abs(value - centre))))
  const length = chains[0]?.length ?? 0
  const time = Math.max(mean(Float64Array.from(location)), mean(Float64Array.from(spread)))
  return {
    rhat: rankNormalisedSplitRhat(chains),
    rhatScatter: rhatScatter(chains.length, length / 2 / time, level / 2),
    effectiveSampleSize: length / Math.max(...location, ...spread),
  }
}

function measureDistances(components: readonly Float64Array[][], runCount: number, seed: number): LawDistances {
  const stride = Math.ceil(components.length / distanceComponentLimit)
  const used = components.filter((_, k) => k % stride === 0)
  const scales = components.length === 1 ? [1] : used.map((chains) => standardDeviation(concatenate(chains)))
  const pointLimit = Math.max(fewestDistancePoints, Math.floor(distancePointBudget / (2 * runCount)))
  const halves = used.map((chains) => chains.flatMap((chain) => splitInHalves(chain, pointLimit)))
  const whole = used.map((chains) => chains.map((chain) => thin(chain, 2 * pointLimit).values))
  const betweenHalves = distanceMatrix(halves, scales, 2 * runCount)
  const { p, smallestP, within } = pairingTest(betweenHalves, seed)
  return {
    wasserstein1: distanceMatrix(whole, scales, runCount),
    relative: relativeMatrix(betweenHalves, runCount, within),
    baseline: within,
    p,
    smallestP,
  }
}

function splitInHalves(chain: Float64Array, limit: number): Float64Array[] {
  const half = chain.length >> 1
  return [chain.subarray(0, half), chain.subarray(chain.length - half)].map((part) => thin(part, limit).values)
}

/** Mean over the components of W1 in units of `scales`; symmetric, 0 on the diagonal. */
function distanceMatrix(components: readonly Float64Array[][], scales: readonly number[], count: number): number[][] {
  const matrix = Array.from({ length: count }, () => Array.from({ length: count }, () => 0))
  for (let i = 0; i < count; i += 1)
    for (let j = 0; j < i; j += 1) {
      const distances = components.map((items, k) => {
        const [a, b] = [items[i], items[j]]
        return a && b ? wasserstein1(a, b) / (scales[k] ?? Number.NaN) : Number.NaN
      })
      const value = mean(Float64Array.from(distances))
      matrix[i]?.splice(j, 1, value)
      matrix[j]?.splice(i, 1, value)
    }
  return matrix
}

/** From distances between halves to those between runs: the mean over the four pairs of halves, or over the run's own one. */
function relativeMatrix(halves: readonly (readonly number[])[], runCount: number, baseline: number): number[][] {
  const distance = (i: number, j: number) => (halves[i]?.[j] ?? Number.NaN) / baseline
  return Array.from({ length: runCount }, (_, i) =>
    Array.from({ length: runCount }, (__, j) =>
      i === j
        ? distance(2 * i, 2 * i + 1)
        : [0, 1, 2, 3].reduce((sum, k) => sum + distance(2 * i + (k >> 1), 2 * j + (k & 1)) / 4, 0),
    ),
  )
}
