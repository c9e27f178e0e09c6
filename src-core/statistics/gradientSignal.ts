import { dot } from '../linearAlgebra/vector.ts'

/**
 * Estimators of ‖∇f‖² (signal) and tr Σ (noise, the trace of the covariance of one batch gradient) from gradients at the same weights.
 * Units are those of a squared gradient. NaN and infinite input gives NaN. Unbiased estimates of the signal may be negative: they are not clipped.
 */

/** Signal and noise of a batch gradient. */
export interface GradientSignal {
  /** Estimate of ‖∇f‖². */
  readonly signal: number
  /** Estimate of tr Σ. */
  readonly noise: number
}

/**
 * The U-statistic (‖Σg‖² − Σ‖g‖²)/(m(m−1)) for ‖∇f‖² and (Σ‖g‖² − ‖Σg‖²/m)/(m−1) for tr Σ, both unbiased for independent g (Hoeffding 1948).
 *
 * @param sumNormSquared ‖Σ_i g_i‖²
 * @param normsSquared Σ_i ‖g_i‖²
 * @param count m ≥ 2; NaN below
 */
export function signalOfSums(sumNormSquared: number, normsSquared: number, count: number): GradientSignal {
  if (!(count >= 2)) return { signal: Number.NaN, noise: Number.NaN }
  return {
    signal: (sumNormSquared - normsSquared) / (count * (count - 1)),
    noise: (normsSquared - sumNormSquared / count) / (count - 1),
  }
}

/**
 * Variance of the U-statistic for ‖∇f‖²: 4 ∇fᵀΣ∇f/m + 2 tr Σ²/(m(m−1)), exact for independent gradients of any law (Hoeffding 1948, eq. 5.13).
 *
 * @param gradientForm ∇fᵀΣ∇f
 * @param squareTrace tr Σ²
 * @param count m ≥ 2
 */
export function signalVariance(gradientForm: number, squareTrace: number, count: number): number {
  return (4 * gradientForm) / count + (2 * squareTrace) / (count * (count - 1))
}

export interface GradientSample extends GradientSignal {
  readonly count: number
  /** Unbiased estimate of the variance of `signal`, from products of disjoint pairs; may be negative for few gradients. NaN below four. */
  readonly signalVariance: number
  /** ‖ḡ‖², too large by tr Σ/m: for comparison only. */
  readonly naive: number
}

/**
 * Signal, noise and the sampling variance of the signal from m independent gradients. The variance is U² less the mean of K_ij K_kl over disjoint pairs, K the Gram matrix.
 *
 * @param gradients m vectors of equal length; fewer than two give NaN
 */
export function gradientSample(gradients: readonly Float64Array[]): GradientSample {
  const m = gradients.length
  let normsSquared = 0
  let products = 0
  let squaredProducts = 0
  let squaredRowSums = 0
  gradients.forEach((one, i) => {
    let rowSum = 0
    gradients.forEach((other, j) => {
      const product = dot(one, other)
      if (i === j) normsSquared += product
      else {
        rowSum += product
        squaredProducts += product * product
      }
    })
    products += rowSum
    squaredRowSums += rowSum * rowSum
  })
  const { signal, noise } = signalOfSums(products + normsSquared, normsSquared, m)
  const disjoint = products * products - 4 * squaredRowSums + 2 * squaredProducts
  return {
    count: m,
    signal,
    noise,
    signalVariance: m < 4 ? Number.NaN : signal * signal - disjoint / (m * (m - 1) * (m - 2) * (m - 3)),
    naive: m === 0 ? Number.NaN : (products + normsSquared) / (m * m),
  }
}

/**
 * Signal and noise of a batch from the gradients of its two halves. Independent examples: ⟨g₁,g₂⟩ and ¼‖g₁−g₂‖².
 * Without replacement from N examples the product is too small by tr S/N, S the covariance of one example; then ⟨g₁,g₂⟩ + (B/4N)‖g₁−g₂‖² and ¼‖g₁−g₂‖²(1 − B/N), both unbiased
 * over the draw of the batch (finite-population correction; Cochran 1977, sec. 2.6). Along a reshuffled epoch θ depends on the batches that remain, and a bias stays.
 *
 * @param products ⟨g₁,g₂⟩, ‖g₁‖², ‖g₂‖²
 * @param drawnShare B/N of a batch drawn without replacement; 0 (default) for independent examples
 */
export function signalOfHalves(
  products: { readonly dot: number; readonly first: number; readonly second: number },
  drawnShare = 0,
): GradientSignal {
  const quarter = (products.first + products.second - 2 * products.dot) / 4
  return { signal: products.dot + drawnShare * quarter, noise: quarter * (1 - drawnShare) }
}

/**
 * Signal, and noise of one example, from squared norms of the gradients of two batch sizes: G² = (B₂|g₂|² − B₁|g₁|²)/(B₂ − B₁), S = (|g₁|² − |g₂|²)/(1/B₁ − 1/B₂)
 * (McCandlish et al. 2018, app. A.1). Unbiased for independent examples. Divide S by a batch size to have its tr Σ.
 *
 * @returns NaN for equal batch sizes
 */
export function signalOfTwoBatchSizes(
  small: { readonly batchSize: number; readonly normSquared: number },
  large: { readonly batchSize: number; readonly normSquared: number },
): GradientSignal {
  if (small.batchSize === large.batchSize) return { signal: Number.NaN, noise: Number.NaN }
  return {
    signal:
      (large.batchSize * large.normSquared - small.batchSize * small.normSquared) / (large.batchSize - small.batchSize),
    noise: (small.normSquared - large.normSquared) / (1 / small.batchSize - 1 / large.batchSize),
  }
}
