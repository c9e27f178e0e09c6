import type { Hyperparameters } from './observables.ts'
import { undampedRate } from './updateRule.ts'

/**
 * Largest stable curvature of a quadratic: 2/η for SGD, 2(1+μ)/η for heavy ball (Polyak 1964; η(1−d) with dampening d), 2(1+μ)/(η(1+2μ)) for Nesterov; NaN without a learning rate.
 * The weight decay λ belongs to the Hessian: compare λ_max + λ with it. Not for Adam: see `preconditionedThreshold`.
 */
export function sharpnessThreshold(rule: Hyperparameters): number {
  const { momentum = 0, nesterov = false } = rule
  const rate = undampedRate(rule)
  return rate > 0 ? (2 * (1 + momentum)) / (rate * (nesterov ? 1 + 2 * momentum : 1)) : Number.NaN
}

/**
 * Largest stable eigenvalue of the preconditioned Hessian P^{-½}HP^{-½} under a constant preconditioner P and a running mean of gradients with β₁:
 * 2(1+β₁)/((1−β₁)η), 38/η at β₁ = 0.9 (Cohen et al. 2022, "Adaptive gradient methods at the edge of stability", sec. 3). RMSProp and Adagrad have β₁ = 0 unless told.
 * NaN without a learning rate or β₁, and for optimisers whose step is no preconditioned gradient (Lion, Shampoo, Adafactor).
 */
export function preconditionedThreshold({ learningRate, beta1, optimizer = '' }: Hyperparameters): number {
  const decay = beta1 ?? (/adagrad|rmsprop/i.test(optimizer) ? 0 : undefined)
  if (decay === undefined || learningRate === undefined || !(learningRate > 0)) return Number.NaN
  if (!/adam|adagrad|rmsprop/i.test(optimizer)) return Number.NaN
  return (2 * (1 + decay)) / ((1 - decay) * learningRate)
}
