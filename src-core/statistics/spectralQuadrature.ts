import { lanczosBasis, type LanczosBasis } from '../linearAlgebra/lanczos.ts'
import { type Eigenpair, tridiagonalEigenpairs } from '../linearAlgebra/tridiagonalEigenpairs.ts'

/** The spectral measure of a symmetric operator as seen from one unit vector v: ∫f dμ = vᵀf(H)v. */
export interface SpectralQuadrature {
  /** Ritz values, ascending; `[m]`. */
  readonly nodes: Float64Array
  /** Squared first components of the Ritz vectors, which sum to 1; `[m]`. */
  readonly weights: Float64Array
}

/**
 * Gauss quadrature of the spectral measure of H at `start`, by m steps of Lanczos iteration (Golub & Welsch 1969; Golub & Meurant 1994): exact for polynomials up to degree 2m − 1.
 * With random starts of independent entries ±1, the mean over starts estimates tr f(H)/n (stochastic Lanczos quadrature: Lin, Saad & Yang 2016; Ghorbani, Krishnan & Xiao 2019).
 *
 * @param multiply v ↦ H v, `[n]` to `[n]`
 * @param start any non-zero vector, `[n]`
 * @param iterations m ≥ 1, products used at most; fewer nodes come back when the Krylov space is exhausted (at most n)
 * @returns no nodes when a product is not finite
 */
export function spectralQuadrature(
  multiply: (vector: Float64Array) => Float64Array,
  start: Float64Array,
  iterations: number,
): SpectralQuadrature {
  return quadratureOf(ritzPairs(lanczosBasis(multiply, start, iterations)))
}

/** Eigenpairs in the coordinates of a Lanczos basis, ascending; none when a product was not finite. */
export function ritzPairs({ diagonal, offDiagonal, isFinite }: LanczosBasis): Eigenpair[] {
  return isFinite ? tridiagonalEigenpairs(diagonal, offDiagonal) : []
}

/** The quadrature that Ritz pairs stand for. */
export function quadratureOf(pairs: readonly Eigenpair[]): SpectralQuadrature {
  return {
    nodes: Float64Array.from(pairs, ({ value }) => value),
    weights: Float64Array.from(pairs, ({ vector }) => (vector[0] ?? Number.NaN) ** 2),
  }
}

/** ∫f dμ of one quadrature: Σ w f(node). NaN without nodes; a non-finite node or weight propagates. */
export function integrate({ nodes, weights }: SpectralQuadrature, of: (node: number) => number): number {
  if (nodes.length === 0) return Number.NaN
  return nodes.reduce((sum, node, j) => sum + (weights[j] ?? Number.NaN) * of(node), 0)
}

/** An expectation over random start vectors. */
export interface StartMean {
  readonly mean: number
  /** Of the mean, from the spread over the starts; NaN with fewer than two. */
  readonly standardError: number
}

/**
 * Mean over start vectors of ∫f dμ: estimates tr f(H)/n, for f(x) = x the normalised trace (Hutchinson 1990), for an indicator the share of the eigenvalues it selects.
 *
 * @param quadratures of independent random starts
 */
export function meanIntegral(quadratures: readonly SpectralQuadrature[], of: (node: number) => number): StartMean {
  return meanOverStarts(quadratures.map((quadrature) => integrate(quadrature, of)))
}

/** Mean and standard error of one value per independent start. */
export function meanOverStarts(values: readonly number[]): StartMean {
  const count = values.length
  const mean = values.reduce((sum, value) => sum + value, 0) / count
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, standardError: count < 2 ? Number.NaN : Math.sqrt(squares / (count - 1) / count) }
}

/**
 * Density of the eigenvalues, smoothed by a Gaussian of standard deviation σ and averaged over the starts (Lin, Saad & Yang 2016, sec. 3.2). It integrates to 1.
 *
 * @param points where it is evaluated, any order
 * @param sigma σ > 0, in units of the eigenvalues; features closer than σ merge
 * @returns `[points.length]`; NaN without quadratures, or where one has no nodes
 */
export function spectralDensity(
  quadratures: readonly SpectralQuadrature[],
  points: ArrayLike<number>,
  sigma: number,
): Float64Array {
  const height = 1 / (sigma * Math.sqrt(2 * Math.PI))
  return Float64Array.from(
    points,
    (point) => meanIntegral(quadratures, (node) => height * Math.exp(-0.5 * ((point - node) / sigma) ** 2)).mean,
  )
}
