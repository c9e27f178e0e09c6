/**
 * One ascending grid for curves that were recorded at different positions: the union of all finite positions, without repetitions,
 * evenly thinned (first and last kept) to at most `limit` positions. Curves recorded at the same positions keep exactly those.
 * Empty when no curve has a point.
 */
export function commonGrid(positions: readonly ArrayLike<number>[], limit: number): Float64Array {
  const all: number[] = []
  for (const array of positions)
    for (let i = 0; i < array.length; i++) if (Number.isFinite(array[i])) all.push(array[i] ?? NaN)
  const union = Float64Array.from(all)
    .sort()
    .filter((x, i, sorted) => i === 0 || x !== sorted[i - 1])
  if (union.length <= limit) return union
  return Float64Array.from(
    { length: limit },
    (_, i) => union[Math.round((i * (union.length - 1)) / (limit - 1))] ?? NaN,
  )
}
