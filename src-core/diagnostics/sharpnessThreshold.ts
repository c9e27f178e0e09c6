import type { Hyperparameters } from './observables.ts'

/**
 * Largest stable curvature of a quadratic: 2/η for SGD, 2(1+μ)/η for heavy ball (Polyak 1964), 2(1+μ)/(η(1+2μ)) for Nesterov; NaN without a learning rate.
 * The weight decay λ belongs to the Hessian: compare λ_max + λ with it. Not for Adam, whose threshold is one of the preconditioned Hessian.
 */
export function sharpnessThreshold({ learningRate, momentum = 0, nesterov = false }: Hyperparameters): number {
  if (learningRate === undefined || !(learningRate > 0)) return Number.NaN
  return (2 * (1 + momentum)) / (learningRate * (nesterov ? 1 + 2 * momentum : 1))
}

/** Whether the optimiser divides by a running size of the gradient: its steps see another curvature than that of the Hessian. */
export function isAdaptive({ optimizer = '' }: Hyperparameters): boolean {
  return /adam|adagrad|rmsprop|adafactor|lion|shampoo/i.test(optimizer)
}
