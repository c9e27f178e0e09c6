import { type LanczosBasis, lanczosBasis } from '../linearAlgebra/lanczos.ts'
import type { Eigenpair } from '../linearAlgebra/tridiagonalEigenpairs.ts'
import { addScaled, dot, normSquared } from '../linearAlgebra/vector.ts'
import {
  meanOverStarts,
  quadratureOf,
  ritzPairs,
  type SpectralQuadrature,
  type StartMean,
} from './spectralQuadrature.ts'

export interface StochasticSpectrum {
  /** One per start. */
  readonly quadratures: readonly SpectralQuadrature[]
  /** tr H. */
  readonly trace: StartMean
}

/** Largest number of eigenvectors whose share of the trace is taken exactly. */
const deflationLimit = 10
/** A Ritz pair whose residual is at most this share of its value counts as an eigenpair. */
const converged = 1e-3

/**
 * Spectrum of a symmetric operator by stochastic Lanczos quadrature: a Gauss quadrature from each start, and tr H.
 *
 * The plain estimate of the trace, the mean of vᵀHv (Hutchinson 1990), is dominated by a few large eigenvalues in a Hessian: its spread is that of a χ² of one degree of freedom,
 * and an interval from few starts covers too seldom. So the largest eigenvectors that another start has found enter exactly, and a start estimates only what is orthogonal
 * to them (Meyer, Musco, Musco & Woodruff 2021), which costs no further product: vᵀHv + Σ λⱼ(1 − (uⱼ·v)²). Another start, since its own would have found the eigenvectors
 * nearest to itself where eigenvalues are equal.
 *
 * @param multiply v ↦ H v, `[n]` to `[n]`
 * @param starts independent vectors with entries ±1 of equal probability (or standard normal), each `[n]`; at least 2 for a standard error
 * @param iterations products per start, at most; n are enough
 * @returns quadratures without nodes and a trace of NaN when products are not finite
 */
export function stochasticSpectrum(
  multiply: (vector: Float64Array) => Float64Array,
  starts: readonly Float64Array[],
  iterations: number,
): StochasticSpectrum {
  const found = starts.map((start, i) => {
    const basis = lanczosBasis(multiply, start, iterations)
    const pairs = ritzPairs(basis)
    return {
      start,
      quadratic: normSquared(start) * (basis.diagonal[0] ?? Number.NaN),
      deflated: i < 2 ? largestConverged(basis, pairs) : [],
      quadrature: quadratureOf(pairs),
    }
  })
  const estimates = found.map(({ start, quadratic }, i) =>
    (found[i === 0 ? 1 : 0]?.deflated ?? []).reduce(
      (sum, { value, vector }) => sum + value * (1 - dot(vector, start) ** 2),
      quadratic,
    ),
  )
  return { quadratures: found.map(({ quadrature }) => quadrature), trace: meanOverStarts(estimates) }
}

interface Deflated {
  readonly value: number
  /** Of unit length, `[n]`. */
  readonly vector: Float64Array
}

function largestConverged({ vectors, offDiagonal }: LanczosBasis, pairs: readonly Eigenpair[]): Deflated[] {
  const remainder = offDiagonal.at(-1) ?? Number.NaN
  return pairs
    .filter(({ value, vector }) => Math.abs(remainder * (vector.at(-1) ?? Number.NaN)) <= converged * Math.abs(value))
    .toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value))
    .slice(0, deflationLimit)
    .map(({ value, vector: coordinates }) => {
      const vector = new Float64Array(vectors[0]?.length ?? 0)
      vectors.forEach((direction, j) => addScaled(vector, coordinates[j] ?? 0, direction))
      return { value, vector }
    })
}
