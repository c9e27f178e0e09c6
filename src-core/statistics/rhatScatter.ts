import normalQuantile from '@stdlib/stats-base-dists-normal-quantile'

/**
 * The value that split-R̂ of chains of one law exceeds by chance with probability `level`: √(1 + q/ESS), q the quantile of χ²/k with k = 2m − 1,
 * ESS the effective samples of half a chain. For, under one law, the variance between half-chain means is that within divided by ESS
 * (Gelman & Rubin 1992, with n replaced by the effective sample size). The −1/n in R̂² is left out: for nearly independent values the chance is then smaller than `level`.
 * χ² by Wilson & Hilferty (1931).
 *
 * @param chainCount m ≥ 1, before splitting
 * @param halfEffectiveSampleSize effective samples in half a chain
 * @param level e.g. 0.01
 * @returns NaN when the effective sample size is
 */
export function rhatScatter(chainCount: number, halfEffectiveSampleSize: number, level: number): number {
  const freedom = 2 * chainCount - 1
  const spread = 2 / (9 * freedom)
  const quantile = (1 - spread + normalQuantile(1 - level, 0, 1) * Math.sqrt(spread)) ** 3
  return Math.sqrt(1 + quantile / halfEffectiveSampleSize)
}
