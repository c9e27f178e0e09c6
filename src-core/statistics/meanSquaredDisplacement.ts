/** Values. */
const stretchLength = 16_384

/**
 * Mean-squared displacement MSD(ℓ) = mean_t ‖x_{t+ℓ} − x_t‖² over all pairs, for each lag ℓ (in recorded points).
 * Keep ℓ ≤ n/10: beyond that few independent pairs remain and the time average is biased.
 *
 * @param values row-major `[n, dimension]`
 * @returns NaN for a lag ≥ n
 */
export function meanSquaredDisplacement(values: Float64Array, dimension: number, lags: readonly number[]): number[] {
  const rows = values.length / dimension
  const sums = new Float64Array(lags.length)
  // Every lag over one stretch, then the next stretch: it stays in the cache.
  for (let from = 0; from < values.length; from += stretchLength) {
    lags.forEach((lag, i) => {
      const offset = lag * dimension
      const to = Math.min(from + stretchLength, values.length - offset)
      if (to > from)
        sums[i] =
          (sums[i] ?? 0) +
          sumOfSquaredDifferences(values.subarray(from, to), values.subarray(from + offset, to + offset))
    })
  }
  return lags.map((lag, i) => (lag < rows ? (sums[i] ?? Number.NaN) / (rows - lag) : Number.NaN))
}

/** Σ (b_i − a_i)² of two arrays of one length; four sums that do not wait for each other. */
export function sumOfSquaredDifferences(a: Float64Array, b: Float64Array): number {
  const count = a.length
  const end = count - (count % 4)
  let first = 0
  let second = 0
  let third = 0
  let fourth = 0
  for (let i = 0; i < end; i += 4) {
    const p = (b[i] ?? Number.NaN) - (a[i] ?? Number.NaN)
    const q = (b[i + 1] ?? Number.NaN) - (a[i + 1] ?? Number.NaN)
    const r = (b[i + 2] ?? Number.NaN) - (a[i + 2] ?? Number.NaN)
    const s = (b[i + 3] ?? Number.NaN) - (a[i + 3] ?? Number.NaN)
    first += p * p
    second += q * q
    third += r * r
    fourth += s * s
  }
  for (let i = end; i < count; i += 1) first += ((b[i] ?? Number.NaN) - (a[i] ?? Number.NaN)) ** 2
  return first + second + third + fourth
}

/** Exponent γ of MSD ∝ ℓ^γ: least-squares slope of log MSD on log ℓ. 0 confined, 1 diffusion, 2 drift. NaN with fewer than two positive values. */
export function displacementExponent(lags: readonly number[], displacements: readonly number[]): number {
  const points = lags.flatMap((lag, i) => {
    const value = displacements[i] ?? Number.NaN
    return value > 0 ? [[Math.log(lag), Math.log(value)] as const] : []
  })
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / points.length
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / points.length
  const product = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0)
  const square = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0)
  return points.length < 2 ? Number.NaN : product / square
}
