import normalCdf from '@stdlib/stats-base-dists-normal-cdf'
import { CholeskyDecomposition, Matrix } from 'ml-matrix'
import { isConstant } from './moments.ts'

export interface DickeyFullerResult {
  readonly statistic: number
  readonly lag: number
  readonly p: number
}

/**
 * Augmented Dickey-Fuller test with a constant (Said & Dickey 1984). Null hypothesis: unit root.
 * Regression of Δx_t on 1, x_{t−1}, Δx_{t−1}..Δx_{t−lag}; the statistic is the t value of x_{t−1}.
 * It rejects for every mixing chain and for slow drifts alike: weak evidence alone.
 *
 * @param values n > 2·lag + 4 finite values
 * @returns NaN when the series is too short, constant or not finite
 */
export function augmentedDickeyFuller(values: Float64Array, lag: number): DickeyFullerResult {
  const rows = values.length - 1 - lag
  if (rows <= lag + 3 || isConstant(values)) return { statistic: Number.NaN, lag, p: Number.NaN }
  // The statistic does not depend on scale; squares of huge or tiny values would leave the range of numbers.
  const scale = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0)
  if (!(scale > 0 && scale < Number.POSITIVE_INFINITY)) return { statistic: Number.NaN, lag, p: Number.NaN }
  const scaled = values.map((value) => value / scale)
  const { gram, right, square } = normalEquations(scaled, lag, rows)
  const cholesky = new CholeskyDecomposition(gram)
  if (!cholesky.isPositiveDefinite()) return { statistic: Number.NaN, lag, p: Number.NaN }
  const coefficients = cholesky.solve(right)
  const unit = Matrix.zeros(lag + 2, 1)
  unit.set(1, 0, 1)
  const inverseDiagonal = cholesky.solve(unit).get(1, 0)
  const explained = coefficients.transpose().mmul(right).get(0, 0)
  const residualVariance = (square - explained) / (rows - lag - 2)
  const statistic = coefficients.get(1, 0) / Math.sqrt(residualVariance * inverseDiagonal)
  return { statistic, lag, p: mackinnonP(statistic) }
}

/** Gram matrix `[lag + 2, lag + 2]` of the regressors (constant, level, lagged differences), their products with Δx, and Σ(Δx)². */
function normalEquations(values: Float64Array, lag: number, rows: number) {
  const width = lag + 2
  // Centring the level changes the constant only, and keeps the Gram matrix well conditioned.
  const level = values.reduce((sum, value) => sum + value, 0) / values.length
  const sums = new Float64Array(width * width)
  const products = new Float64Array(width)
  const row = new Float64Array(width)
  const difference = (t: number) => (values[t] ?? Number.NaN) - (values[t - 1] ?? Number.NaN)
  let square = 0
  for (let i = 0; i < rows; i += 1) {
    const t = i + lag + 1
    row[0] = 1
    row[1] = (values[t - 1] ?? Number.NaN) - level
    for (let k = 1; k <= lag; k += 1) row[k + 1] = difference(t - k)
    const target = difference(t)
    square += target * target
    for (let a = 0; a < width; a += 1) {
      const left = row[a] ?? 0
      products[a] = (products[a] ?? 0) + left * target
      for (let b = 0; b <= a; b += 1) sums[a * width + b] = (sums[a * width + b] ?? 0) + left * (row[b] ?? 0)
    }
  }
  const gram = Matrix.zeros(width, width)
  for (let a = 0; a < width; a += 1)
    for (let b = 0; b <= a; b += 1) {
      gram.set(a, b, sums[a * width + b] ?? 0)
      gram.set(b, a, sums[a * width + b] ?? 0)
    }
  return { gram, right: Matrix.columnVector(products), square }
}

/** Approximate asymptotic p of the statistic with a constant, one series (MacKinnon 1994, table 3; as in statsmodels). */
export function mackinnonP(statistic: number): number {
  if (Number.isNaN(statistic)) return Number.NaN
  if (statistic > 2.74) return 1
  if (statistic < -18.83) return 0
  const quantile =
    statistic <= -1.61
      ? 2.1659 + 1.4412 * statistic + 0.038269 * statistic ** 2
      : 1.7339 + 0.93202 * statistic - 0.12745 * statistic ** 2 - 0.010368 * statistic ** 3
  return normalCdf(quantile, 0, 1)
}
