import normalQuantile from '@stdlib/stats-base-dists-normal-quantile'

/**
 * Interval of a binomial probability by the score method (Wilson 1927): the probabilities that the observed share does not reject. In [0, 1].
 *
 * @param count successes, 0 ≤ count ≤ total
 * @returns NaN for a total of 0
 */
export function binomialInterval(count: number, total: number, confidence = 0.95): { low: number; high: number } {
  if (total === 0) return { low: Number.NaN, high: Number.NaN }
  const z = normalQuantile((1 + confidence) / 2, 0, 1)
  const share = count / total
  const centre = (share + z ** 2 / (2 * total)) / (1 + z ** 2 / total)
  const half = (z / (1 + z ** 2 / total)) * Math.sqrt((share * (1 - share)) / total + z ** 2 / (4 * total ** 2))
  return { low: count === 0 ? 0 : centre - half, high: count === total ? 1 : centre + half }
}
