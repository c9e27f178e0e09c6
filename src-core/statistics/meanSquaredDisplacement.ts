import { squaredDistance } from '../linearAlgebra/vector.ts'

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
          (sums[i] ?? 0) + squaredDistance(values.subarray(from, to), values.subarray(from + offset, to + offset))
    })
  }
  return lags.map((lag, i) => (lag < rows ? (sums[i] ?? Number.NaN) / (rows - lag) : Number.NaN))
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
