/**
 * p-values adjusted for several tests by Holm's step-down method (1979): valid under any dependence. Order is kept; NaN stays NaN and does not count.
 */
export function holmAdjusted(pValues: readonly number[]): number[] {
  const order = pValues
    .map((p, index) => ({ p, index }))
    .filter(({ p }) => !Number.isNaN(p))
    .sort((a, b) => a.p - b.p)
  const adjusted = pValues.map(() => Number.NaN)
  let largest = 0
  order.forEach(({ p, index }, rank) => {
    largest = Math.max(largest, Math.min(1, p * (order.length - rank)))
    adjusted[index] = largest
  })
  return adjusted
}
