/** Smallest and largest finite value of the arrays (positive ones only for a logarithmic axis); null when there is none. */
export function finiteRange(arrays: Iterable<ArrayLike<number>>, positiveOnly = false): [number, number] | null {
  let low = Infinity
  let high = -Infinity
  for (const array of arrays) {
    for (let i = 0; i < array.length; i++) {
      const value = array[i] ?? NaN
      if (!Number.isFinite(value) || (positiveOnly && value <= 0)) continue
      if (value < low) low = value
      if (value > high) high = value
    }
  }
  return low <= high ? [low, high] : null
}
