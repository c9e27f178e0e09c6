import type { Hyperparameters } from '../../observables/observables.ts'
import { isPreconditioned, isSgd, undampedRate } from '../../observables/updateRule.ts'

/**
 * Largest stable curvature of a quadratic: 2/η for SGD, 2(1+μ)/η for heavy ball (Polyak 1964; η(1−d) with dampening d), 2(1+μ)/(η(1+2μ)) for Nesterov; NaN without a learning rate, and for an optimiser that is no SGD.
 * The weight decay λ belongs to the Hessian: compare λ_max + λ with it. For Adam see `preconditionedThreshold`.
 */
export function sharpnessThreshold(rule: Hyperparameters): number {
  const { momentum = 0, nesterov = false } = rule
  const rate = isSgd(rule) ? undampedRate(rule) : Number.NaN
  return rate > 0 ? (2 * (1 + momentum)) / (rate * (nesterov ? 1 + 2 * momentum : 1)) : Number.NaN
}

/**
 * Largest stable eigenvalue of the preconditioned Hessian P^{-½}HP^{-½} under a constant preconditioner P:
 * Adam 2(1+β₁)/((1−β₁)η), 38/η at β₁ = 0.9 (Cohen et al. 2022, "Adaptive gradient methods at the edge of stability", sec. 3); NAdam, whose step looks ahead as Nesterov's does, that over 1+2β₁;
 * RMSProp and Adagrad 2(1+μ)/η with a momentum μ of their steps. NaN without a learning rate or, for Adam, β₁, and for any other optimiser.
 */
export function preconditionedThreshold(rule: Hyperparameters): number {
  const { learningRate, beta1 = Number.NaN, momentum = 0, optimizer = '' } = rule
  if (!isPreconditioned(rule) || learningRate === undefined || !(learningRate > 0)) return Number.NaN
  if (/adagrad|rmsprop/i.test(optimizer)) return (2 * (1 + momentum)) / learningRate
  const adam = (2 * (1 + beta1)) / ((1 - beta1) * learningRate)
  return /nadam/i.test(optimizer) ? adam / (1 + 2 * beta1) : adam
}
