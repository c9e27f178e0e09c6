/**
 * Index of the element of `sorted` (ascending, finite) that is nearest to `target`; the lower one on a tie; −1 for an empty array or a NaN target.
 */
export function nearestIndex(sorted: ArrayLike<number>, target: number): number {
  if (sorted.length === 0 || Number.isNaN(target)) return -1
  let low = 0
  let high = sorted.length - 1
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? Infinity) <= target) low = middle
    else high = middle
  }
  const below = Math.abs(target - (sorted[low] ?? Infinity))
  const above = Math.abs((sorted[high] ?? Infinity) - target)
  return above < below ? high : low
}
