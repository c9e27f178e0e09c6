import normalCdf from '@stdlib/stats-base-dists-normal-cdf'
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile'

/** One of the forms of R̂, bulk or folded: points and effective samples of half a chain in that form. */
export interface RhatForm {
  readonly length: number
  readonly effectiveSampleSize: number
}

const bisections = 50

/**
 * The value that the larger of several forms of split-R̂ (bulk and folded) exceeds by chance with probability `level` at most when the chains follow one law. For one form √(1 − 1/n + q/(ESS − 1)),
 * n the points and ESS the effective samples of half a chain, q the quantile of χ²/k with k = 2m − 1: R̂² = 1 − 1/n + B/(nW) (Gelman et al. 2013, eq. 11.4), and under one law the variance B/n between
 * half-chain means is σ²/ESS, that within them W = σ²(1 − 1/ESS). χ² by Wilson & Hilferty (1931). For several forms the value at which their probabilities add up to `level` (Bonferroni's inequality, but
 * with the level going to the form that needs it, which is that of the longer memory).
 *
 * @param chainCount m ≥ 1, before splitting
 * @param forms at least one
 * @param level e.g. 0.01
 * @returns NaN when an effective sample size is, or is at most 1
 */
export function rhatScatter(chainCount: number, forms: readonly RhatForm[], level: number): number {
  if (!forms.every(({ effectiveSampleSize }) => effectiveSampleSize > 1)) return Number.NaN
  const largest = (share: number) => Math.max(...forms.map((form) => exceededBy(chainCount, form, share)))
  let [low, high] = [largest(level), largest(level / forms.length)]
  for (let i = 0; i < bisections && low < high; i += 1) {
    const middle = (low + high) / 2
    const chance = forms.reduce((sum, form) => sum + chanceAbove(chainCount, form, middle), 0)
    if (chance > level) low = middle
    else high = middle
  }
  return high
}

/** Mean and variance of the cube root of χ²/k, which is nearly normal. */
function cubeRoot(chainCount: number): { mean: number; spread: number } {
  const variance = 2 / (9 * (2 * chainCount - 1))
  return { mean: 1 - variance, spread: Math.sqrt(variance) }
}

/** The value that R̂ of one form exceeds with this probability. */
function exceededBy(chainCount: number, { length, effectiveSampleSize }: RhatForm, chance: number): number {
  const { mean, spread } = cubeRoot(chainCount)
  const quantile = (mean + normalQuantile(1 - chance, 0, 1) * spread) ** 3
  return Math.sqrt(1 - 1 / length + quantile / (effectiveSampleSize - 1))
}

function chanceAbove(chainCount: number, { length, effectiveSampleSize }: RhatForm, rhat: number): number {
  const { mean, spread } = cubeRoot(chainCount)
  const quantile = (rhat ** 2 - 1 + 1 / length) * (effectiveSampleSize - 1)
  return normalCdf(-(Math.cbrt(quantile) - mean) / spread, 0, 1)
}
