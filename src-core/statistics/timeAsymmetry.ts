import { mean, standardDeviation } from './moments.ts'

/**
 * Summands of the rotation in a plane, x_t y_{t+ℓ} − y_t x_{t+ℓ}, twice the area that the path sweeps: their mean is zero for a reversible process
 * and positive for one that turns from x towards y. `[n − lag]`.
 *
 * @param x centred, unit variance
 * @param y the same, of equal length
 */
export function rotationTerms(x: Float64Array, y: Float64Array, lag: number): Float64Array {
  return Float64Array.from(
    { length: Math.max(0, x.length - lag) },
    (_, t) => (x[t] ?? 0) * (y[t + lag] ?? 0) - (y[t] ?? 0) * (x[t + lag] ?? 0),
  )
}

/**
 * Summands of the third-order asymmetry x_t² x_{t+ℓ} − x_t x_{t+ℓ}² of the standardised series (Pomeau 1982): mean zero for a reversible process,
 * m₃(φ^ℓ − φ^{2ℓ})/σ³ for an AR(1) with third central moment m₃. `[n − lag]`; NaN for a constant series.
 */
export function asymmetryTerms(values: Float64Array, lag: number): Float64Array {
  const centre = mean(values)
  const scale = standardDeviation(values)
  const x = values.map((value) => (value - centre) / scale)
  return Float64Array.from({ length: Math.max(0, x.length - lag) }, (_, t) => {
    const now = x[t] ?? 0
    const later = x[t + lag] ?? 0
    return now * now * later - now * later * later
  })
}
