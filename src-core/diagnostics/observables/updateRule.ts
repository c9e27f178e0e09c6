import type { Hyperparameters } from './observables.ts'

/**
 * Whether the update rule is SGD, with or without momentum, as far as is known: the closed forms of step, balance, equilibrium and threshold are of it. By its name:
 * `sgd`, `SGD`, `torch.optim.SGD`, `sgd_momentum`, `sgdm`, `gd`, `heavy-ball`, `momentum`; not `sgdw`, whose decay is another, and not names with a momentum of Nesterov's, which is told by `nesterov`.
 */
export function isSgd({ optimizer = 'sgd' }: Hyperparameters): boolean {
  return (
    /(?:^|[^a-z])(?:sgdm?|gd|heavy.?ball|momentum)(?:$|[^a-z])/i.test(optimizer) && !/nesterov|nag/i.test(optimizer)
  )
}

/** Whether the step is the running mean of gradients over a running root mean square of each, so that its stability is that of the preconditioned Hessian: Adam and its kind, RMSProp, Adagrad. */
export function isPreconditioned({ optimizer = '' }: Hyperparameters): boolean {
  return /adam|amsgrad|adagrad|rmsprop/i.test(optimizer)
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
