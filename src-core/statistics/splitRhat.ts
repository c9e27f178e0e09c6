import normalQuantile from '@stdlib/stats-base-dists-normal-quantile'
import { concatenate } from './concatenate.ts'
import { mean, quantileOfSorted, variance } from './moments.ts'
import { sortingOrder } from './sortingOrder.ts'

/**
 * Split-R̂: each chain is cut into halves (the middle value of an odd chain is left out); √((W(n−1)/n + B/n)/W) over the halves (Gelman et al. 2013).
 *
 * @param chains at least one, equal lengths ≥ 4
 * @returns NaN when nothing varies or a value is not finite
 */
export function splitRhat(chains: readonly Float64Array[]): number {
  return potentialScaleReduction(splitChains(chains))
}

/**
 * Rank-normalised split-R̂, the larger of bulk and folded (Vehtari, Gelman, Simpson, Carpenter, Bürkner 2021). Equals ArviZ `rhat(method="rank")`.
 * Near 1 when all chains share one law; bounds in use are 1.01 and 1.05.
 */
export function rankNormalisedSplitRhat(chains: readonly Float64Array[]): number {
  const { bulk, folded } = rankNormalisedSplitRhats(chains)
  return Math.max(bulk, folded)
}

/** Both forms apart: bulk sees another location, folded (distances from the pooled median) another spread. */
export function rankNormalisedSplitRhats(chains: readonly Float64Array[]): { bulk: number; folded: number } {
  const halves = splitChains(chains)
  const pooled = concatenate(halves).sort()
  const median = quantileOfSorted(pooled, 0.5)
  const folded = halves.map((half) => half.map((value) => Math.abs(value - median)))
  const score = blomScore(pooled.length)
  return {
    bulk: potentialScaleReduction(normalScores(halves, score)),
    folded: potentialScaleReduction(normalScores(folded, score)),
  }
}

function splitChains(chains: readonly Float64Array[]): Float64Array[] {
  return chains.flatMap((chain) => {
    const half = Math.floor(chain.length / 2)
    return [chain.slice(0, half), chain.slice(chain.length - half)]
  })
}

function potentialScaleReduction(chains: readonly Float64Array[]): number {
  const n = chains[0]?.length ?? 0
  const within = mean(Float64Array.from(chains, (chain) => (variance(chain) * n) / (n - 1)))
  const between = (variance(Float64Array.from(chains, mean)) * chains.length) / (chains.length - 1)
  return within > 0 ? Math.sqrt((n - 1) / n + between / within) : Number.NaN
}

/** Replaces values by normal quantiles of their average rank, (rank − 3/8)/(count + 1/4) (Blom 1958). */
function normalScores(chains: readonly Float64Array[], ofRank: (rank: number) => number): Float64Array[] {
  const pooled = concatenate(chains)
  const order = sortingOrder(pooled)
  const scores = new Float64Array(pooled.length)
  for (let start = 0; start < order.length;) {
    let end = start + 1
    while (end < order.length && pooled[order[end] ?? 0] === pooled[order[start] ?? 0]) end += 1
    const score = ofRank((start + 1 + end) / 2)
    for (let i = start; i < end; i += 1) scores[order[i] ?? 0] = score
    start = end
  }
  const length = chains[0]?.length ?? 0
  return chains.map((_, k) => scores.slice(k * length, (k + 1) * length))
}

/** The normal quantile of a rank among `count`; those of whole ranks are computed once, and the upper half from the lower. */
function blomScore(count: number): (rank: number) => number {
  const quantile = (rank: number) => normalQuantile((rank - 0.375) / (count + 0.25), 0, 1)
  const lower = Float64Array.from({ length: Math.ceil(count / 2) }, (_, i) => quantile(i + 1))
  return (rank) => {
    if (!Number.isInteger(rank)) return quantile(rank)
    return rank <= lower.length ? (lower[rank - 1] ?? Number.NaN) : -(lower[count - rank] ?? Number.NaN)
  }
}
