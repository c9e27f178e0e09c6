import { squaredDistance } from '../linearAlgebra/vector.ts'
import { ratioInterval } from './ratioInterval.ts'

/** Root-mean-square distance after each lag, over that after one row. */
export interface Recurrence {
  /** In rows, from 2. */
  readonly lags: readonly number[]
  readonly ratios: readonly number[]
}

/**
 * Recurrence distance √(mean‖x_{t+ℓ} − x_t‖² / mean‖x_{t+1} − x_t‖²) for ℓ = 2..largestLag: zero at the period of a cycle, √ℓ for a random walk,
 * and about 1/√(1−ρ₁) at long lags for a stationary process with lag-one correlation ρ₁.
 *
 * @param components finite series of equal length; empty arrays when nothing moves
 */
export function recurrence(components: readonly Float64Array[], largestLag: number): Recurrence {
  const step = meanSquare(components, 1)
  const lags = Array.from({ length: Math.max(0, largestLag - 1) }, (_, i) => i + 2)
  if (!(step > 0)) return { lags: [], ratios: [] }
  return { lags, ratios: lags.map((lag) => Math.sqrt(meanSquare(components, lag) / step)) }
}

function meanSquare(components: readonly Float64Array[], lag: number): number {
  return components.reduce((sum, values) => {
    const count = values.length - lag
    return sum + squaredDistance(values.subarray(0, count), values.subarray(lag)) / count
  }, 0)
}

/**
 * Correlation of successive steps E⟨Δ_t, Δ_{t+1}⟩/E‖Δ‖², Δ_t = x_{t+1} − x_t, with a 95 % delta-method interval: −1 for an alternation, −½ for white noise,
 * (φ − 1)/2 for an AR(1), 1 for a drift. NaN where nothing moves or with fewer than 3 rows.
 */
export function stepCorrelation(components: readonly Float64Array[]): { mean: number; low: number; high: number } {
  const count = Math.max(0, (components[0]?.length ?? 0) - 2)
  const products = new Float64Array(count)
  const squares = new Float64Array(count)
  for (const values of components)
    for (let t = 0; t < count; t += 1) {
      const middle = values[t + 1] ?? Number.NaN
      const step = middle - (values[t] ?? Number.NaN)
      products[t] = (products[t] ?? 0) + step * ((values[t + 2] ?? Number.NaN) - middle)
      squares[t] = (squares[t] ?? 0) + step * step
    }
  return squares.some((square) => square > 0)
    ? ratioInterval(products, squares)
    : { mean: Number.NaN, low: Number.NaN, high: Number.NaN }
}
