/**
 * Mean-squared displacement MSD(ℓ) = mean_t ‖x_{t+ℓ} − x_t‖² over all pairs, for each lag ℓ (in recorded points).
 * Keep ℓ ≤ n/10: beyond that few independent pairs remain and the time average is biased.
 *
 * @param values row-major `[n, dimension]`
 * @returns NaN for a lag ≥ n
 */
export function meanSquaredDisplacement(values: Float64Array, dimension: number, lags: readonly number[]): number[] {
  const length = values.length
  return lags.map((lag) => {
    const offset = lag * dimension
    let sum = 0
    for (let i = 0; i + offset < length; i += 1)
      sum += ((values[i + offset] ?? Number.NaN) - (values[i] ?? Number.NaN)) ** 2
    const pairs = length / dimension - lag
    return pairs > 0 ? sum / pairs : Number.NaN
  })
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
