import type { Hyperparameters } from './observables.ts'

/** Whether the update rule is SGD, with or without momentum, as far as is known: the closed forms of step, balance and equilibrium are of it. */
export function isSgd({ optimizer = 'sgd' }: Hyperparameters): boolean {
  return /^sgdm?$/i.test(optimizer)
}

/** Whether the optimiser divides by a running size of the gradient: its steps see another curvature than that of the Hessian. */
export function isAdaptive({ optimizer = '' }: Hyperparameters): boolean {
  return /adam|adagrad|rmsprop|adafactor|lion|shampoo/i.test(optimizer)
}

/**
 * The learning rate of heavy ball without dampening that makes the same steps: v' = μv + (1−d)g is (1−d) times the buffer of v' = μv + g, so it is η(1−d).
 * η itself without momentum, where PyTorch has no buffer to dampen, and for Nesterov, which takes none. NaN without a learning rate.
 */
export function undampedRate({
  learningRate = Number.NaN,
  momentum = 0,
  dampening = 0,
  nesterov,
}: Hyperparameters): number {
  return momentum > 0 && nesterov !== true ? learningRate * (1 - dampening) : learningRate
}
