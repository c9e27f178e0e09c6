import normalQuantile from '@stdlib/stats-base-dists-normal-quantile'
import { concatenate } from './concatenate.ts'
import { mean, quantileOfSorted, variance } from './moments.ts'
import { sortWithOrder, type SortedValues } from './sortWithOrder.ts'

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
  const ranked = sortWithOrder(concatenate(halves))
  const length = halves[0]?.length ?? 0
  const reductionOf = (scores: Float64Array) =>
    potentialScaleReduction(halves.map((_, k) => scores.subarray(k * length, (k + 1) * length)))
  return { bulk: reductionOf(normalScores(ranked)), folded: reductionOf(normalScores(foldAtMedian(ranked))) }
}

function splitChains(chains: readonly Float64Array[]): Float64Array[] {
  return chains.flatMap((chain) => {
    const half = Math.floor(chain.length / 2)
    return [chain.subarray(0, half), chain.subarray(chain.length - half)]
  })
}

function potentialScaleReduction(chains: readonly Float64Array[]): number {
  const n = chains[0]?.length ?? 0
  const within = mean(Float64Array.from(chains, (chain) => (variance(chain) * n) / (n - 1)))
  const between = (variance(Float64Array.from(chains, mean)) * chains.length) / (chains.length - 1)
  return within > 0 ? Math.sqrt((n - 1) / n + between / within) : Number.NaN
}

/** Distances from the median in ascending order, merged from the values below it, backwards, and those above. */
function foldAtMedian({ sorted, order }: SortedValues): SortedValues {
  const count = sorted.length
  const median = quantileOfSorted(sorted, 0.5)
  const folded = { sorted: new Float64Array(count), order: new Int32Array(count) }
  let above = count >> 1
  let below = above - 1
  for (let i = 0; i < count; i += 1) {
    const up = above < count ? Math.abs((sorted[above] ?? Number.NaN) - median) : Number.POSITIVE_INFINITY
    const down = below >= 0 ? Math.abs((sorted[below] ?? Number.NaN) - median) : Number.POSITIVE_INFINITY
    const isBelow = below >= 0 && (down <= up || above >= count)
    folded.sorted[i] = isBelow ? down : up
    folded.order[i] = order[isBelow ? below : above] ?? 0
    if (isBelow) below -= 1
    else above += 1
  }
  return folded
}

/** Normal quantiles of the average ranks, (rank − 3/8)/(count + 1/4) (Blom 1958), in the places where the values stood; NaN for NaN. */
function normalScores({ sorted, order }: SortedValues): Float64Array {
  const count = sorted.length
  const ofRank = blomScores(count)
  const scores = new Float64Array(count)
  for (let start = 0; start < count;) {
    let end = start + 1
    while (end < count && sorted[end] === sorted[start]) end += 1
    const score = Number.isNaN(sorted[start]) ? Number.NaN : ofRank((start + 1 + end) / 2)
    for (let i = start; i < end; i += 1) scores[order[i] ?? 0] = score
    start = end
  }
  return scores
}

let latest: { readonly count: number; readonly lower: Float64Array } | undefined

/** The normal quantile of a rank among `count`. Those of whole ranks are computed once for a count, and the upper half from the lower. */
function blomScores(count: number): (rank: number) => number {
  const quantile = (rank: number) => normalQuantile((rank - 0.375) / (count + 0.25), 0, 1)
  if (latest?.count !== count)
    latest = { count, lower: Float64Array.from({ length: Math.ceil(count / 2) }, (_, i) => quantile(i + 1)) }
  const { lower } = latest
  return (rank) => {
    if (!Number.isInteger(rank)) return quantile(rank)
    return rank <= lower.length ? (lower[rank - 1] ?? Number.NaN) : -(lower[count - rank] ?? Number.NaN)
  }
}
