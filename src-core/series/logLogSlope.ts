/** A straight line log₁₀ y = intercept + slope·log₁₀ x fitted by least squares. */
export interface LogLogSlope {
  readonly slope: number
  /** Standard error of the slope under independent errors of equal size in log y; NaN for two points. */
  readonly standardError: number
  readonly intercept: number
  /** Share of the variance of log y that the line explains; NaN when log y does not vary. */
  readonly rSquared: number
  /** Points used: both coordinates positive and finite, inside the range. */
  readonly pointCount: number
  /** First and last x used. */
  readonly from: number
  readonly to: number
}

/**
 * Exponent of a power law y ∝ x^slope over `from` ≤ x ≤ `to` (both ends included), by ordinary least squares on logarithms.
 * Points that have no logarithm (zero, negative, not finite) are left out. Null with fewer than two points or without spread in x.
 * The error describes scatter around a line; neighbouring points of a training curve are correlated, which it does not know.
 */
export function logLogSlope(x: ArrayLike<number>, y: ArrayLike<number>, from = 0, to = Infinity): LogLogSlope | null {
  const points: [number, number, number][] = []
  for (let i = 0; i < x.length; i++) {
    const xi = x[i] ?? NaN
    const yi = y[i] ?? NaN
    if (xi > 0 && yi > 0 && Number.isFinite(yi) && xi >= from && xi <= to && Number.isFinite(xi))
      points.push([xi, Math.log10(xi), Math.log10(yi)])
  }
  const n = points.length
  const meanX = points.reduce((sum, point) => sum + point[1], 0) / n
  const meanY = points.reduce((sum, point) => sum + point[2], 0) / n
  const sumXX = points.reduce((sum, point) => sum + (point[1] - meanX) ** 2, 0)
  const first = points[0]
  const last = points.at(-1)
  if (n < 2 || !(sumXX > 0) || !first || !last) return null
  const slope = points.reduce((sum, point) => sum + (point[1] - meanX) * (point[2] - meanY), 0) / sumXX
  const intercept = meanY - slope * meanX
  const residual = points.reduce((sum, point) => sum + (point[2] - intercept - slope * point[1]) ** 2, 0)
  const total = points.reduce((sum, point) => sum + (point[2] - meanY) ** 2, 0)
  return {
    slope,
    standardError: n > 2 ? Math.sqrt(residual / (n - 2) / sumXX) : NaN,
    intercept,
    rSquared: total > 0 ? 1 - residual / total : NaN,
    pointCount: n,
    from: first[0],
    to: last[0],
  }
}
