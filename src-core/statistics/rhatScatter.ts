import normalQuantile from '@stdlib/stats-base-dists-normal-quantile'

/**
 * The value that split-R̂ of chains of one law exceeds by chance with probability `level`: √(1 − 1/n + q/(ESS − 1)), n the points and ESS the effective samples of half a chain,
 * q the quantile of χ²/k with k = 2m − 1. For R̂² = 1 − 1/n + B/(nW) (Gelman et al. 2013, eq. 11.4), and under one law the variance B/n between half-chain means is σ²/ESS,
 * that within them W = σ²(1 − 1/ESS). χ² by Wilson & Hilferty (1931).
 *
 * @param chainCount m ≥ 1, before splitting
 * @param half points and effective samples of half a chain
 * @param level e.g. 0.01
 * @returns NaN when the effective sample size is, or is at most 1
 */
export function rhatScatter(
  chainCount: number,
  half: { readonly length: number; readonly effectiveSampleSize: number },
  level: number,
): number {
  const freedom = 2 * chainCount - 1
  const spread = 2 / (9 * freedom)
  const quantile = (1 - spread + normalQuantile(1 - level, 0, 1) * Math.sqrt(spread)) ** 3
  if (!(half.effectiveSampleSize > 1)) return Number.NaN
  return Math.sqrt(1 - 1 / half.length + quantile / (half.effectiveSampleSize - 1))
}
