import type { SgdSettings } from '../optimizers/sgd.ts'

/** Inner products at frozen weights, all of one objective F. v is the momentum buffer before the step, g an independent batch gradient of F. */
export interface BalanceProducts {
  /** ‖∇F‖². */
  gradientNormSquared: number
  /** ∇F·v. */
  gradientDotBuffer: number
  /** Mean of gᵀHg over batches. */
  stochasticGradientForm: number
  /** ∇Fᵀ H v. */
  gradientBufferForm: number
  /** vᵀHv. */
  bufferForm: number
}

/**
 * Descent and diffusion of the next step in expectation over its batch: F changes by −η E[∇F·d] + ½η² E[dᵀHd] + third order, where d is what the step subtracts,
 * θ' = θ − ηd. Heavy ball: d = v' = μv + g. Nesterov: d = g + μv' = (1+μ)g + μ²v. The batch is averaged out, not drawn: same mean, less variance.
 * Assumes the next batch independent of θ and v (i.i.d. sampling).
 */
export function nextUpdateTerms(
  products: BalanceProducts,
  { momentum, nesterov }: Pick<SgdSettings, 'momentum' | 'nesterov'>,
): { gradientDotNextBuffer: number; nextBufferForm: number } {
  const ofBuffer = nesterov ? momentum * momentum : momentum
  const ofGradient = nesterov ? 1 + momentum : 1
  return {
    gradientDotNextBuffer: ofBuffer * products.gradientDotBuffer + ofGradient * products.gradientNormSquared,
    nextBufferForm:
      ofBuffer ** 2 * products.bufferForm +
      2 * ofBuffer * ofGradient * products.gradientBufferForm +
      ofGradient ** 2 * products.stochasticGradientForm,
  }
}
