import {
  batchMeansAutocorrelationTime,
  conservativeAutocorrelationTime,
  sokalAutocorrelationTime,
} from '../../statistics/autocorrelationTime.ts'
import { concatenate } from '../../statistics/concatenate.ts'
import { isConstant, mean, quantileOfSorted } from '../../statistics/moments.ts'
import { rhatScatter } from '../../statistics/rhatScatter.ts'
import { sortedCopy } from '../../statistics/sortWithOrder.ts'
import { rankNormalisedSplitRhats } from '../../statistics/splitRhat.ts'
import { lawDistances, type LawDistances } from './lawDistances.ts'

/** An R̂ up to here, though beyond its scatter, is no difference by itself (Vehtari et al. 2021). */
export const strictRhat = 1.01
/** ... but is one where the pairing of the half runs, which asks nothing of autocorrelation times, has a p as small as this: with four runs the smallest there is, 1/105. */
const pairingLevel = 0.01

/** One observable in several runs: are the laws one? */
export interface LawComparison {
  /** Rank-normalised split-R̂, of a vector the one that stands out most among its components. */
  readonly rhat: number
  /** What R̂ of runs of one law exceeds by chance in `significance` of the cases, at these lengths and autocorrelation times. */
  readonly rhatScatter: number
  /** Whether a component with enough effective samples in every run has an R̂ beyond its scatter, and beyond 1.01 where the pairing of half runs does not say so too. */
  readonly isDifferent: boolean
  /** Smallest effective sample size among the runs: of the component that differs, else of all components. */
  readonly effectiveSampleSize: number
  /** Points per run. */
  readonly sampleSize: number
  readonly distances: LawDistances
}

interface CompareOptions {
  /** Chance that R̂ of one law exceeds `rhatScatter` in any component. */
  readonly significance: number
  /**
   * Fewest effective samples in each run for a difference to count. Below, autocorrelation times are estimated too short: of four runs of one law with 8 effective samples
   * most "differ".
   */
  readonly minimumEffectiveSampleSize: number
  /** Of the random directions and pairings of the distances. */
  readonly seed: number
}

/**
 * Compares the laws of one observable between runs of equal length.
 *
 * @param runs `[run][component]`, each of n ≥ 8 finite values; a scalar has one component
 * @returns NaN numbers for a component that does not vary or is not finite; those components are left out while others vary
 */
export function compareLaws(
  runs: readonly (readonly Float64Array[])[],
  { significance, minimumEffectiveSampleSize, seed }: CompareOptions,
): LawComparison {
  const all = transpose(runs).filter((chains) => !isConstant(concatenate(chains)))
  const measured = all
    .map((chains) => measureRhat(chains, significance / all.length))
    .toSorted((a, b) => b.rhat / b.rhatScatter - a.rhat / a.rhatScatter)
  const distances = lawDistances(all, runs.length, seed)
  const limit = distances.p <= pairingLevel ? 1 : strictRhat
  const different = measured.find(
    ({ rhat, rhatScatter: scatter, effectiveSampleSize }) =>
      effectiveSampleSize >= minimumEffectiveSampleSize && rhat > Math.max(limit, scatter),
  )
  const shown = different ?? measured[0]
  return {
    rhat: shown?.rhat ?? Number.NaN,
    rhatScatter: shown?.rhatScatter ?? Number.NaN,
    isDifferent: different !== undefined,
    effectiveSampleSize: different?.effectiveSampleSize ?? fewestOf(measured),
    sampleSize: runs[0]?.[0]?.length ?? 0,
    distances,
  }
}

function fewestOf(measured: readonly { readonly effectiveSampleSize: number }[]): number {
  return measured.length === 0 ? Number.NaN : Math.min(...measured.map((one) => one.effectiveSampleSize))
}

function transpose(runs: readonly (readonly Float64Array[])[]): Float64Array[][] {
  return (runs[0] ?? []).map((_, k) => runs.flatMap((components) => components[k] ?? []))
}

/** R̂ is the larger of its bulk and folded form; so is what chance gives. The fewest effective samples are those of the slower form. */
function measureRhat(chains: readonly Float64Array[], level: number) {
  const { bulk, folded } = rankNormalisedSplitRhats(chains)
  const median = quantileOfSorted(sortedCopy(concatenate(chains)), 0.5)
  const distances = chains.map((chain) => chain.map((value) => Math.abs(value - median)))
  const length = chains[0]?.length ?? 0
  const form = (series: readonly Float64Array[]) => ({
    length: length / 2,
    effectiveSampleSize: length / 2 / commonTime(series),
  })
  return {
    rhat: Math.max(bulk, folded),
    rhatScatter: rhatScatter(chains.length, [form(chains), form(distances)], level),
    effectiveSampleSize: length / Math.max(...[...chains, ...distances].map(conservativeAutocorrelationTime)),
  }
}

/**
 * One τ of all chains, at least 1: the average over the chains of Sokal's estimate and that of batch means, because the first is too short where the correlation oscillates
 * and the larger of two noisy numbers is too long.
 */
function commonTime(chains: readonly Float64Array[]): number {
  const estimates = chains.flatMap((values) => [
    sokalAutocorrelationTime(values),
    batchMeansAutocorrelationTime(values),
  ])
  return Math.max(1, mean(Float64Array.from(estimates.filter(Number.isFinite))))
}
