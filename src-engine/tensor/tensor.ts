/** A multi-dimensional array on the device. Only `TensorOperations` can make, read or free one. */
export interface Tensor {
  readonly shape: readonly number[]
}

/** Element-wise function after a linear map. Its derivative must follow from its output alone. */
export type Activation = 'linear' | 'relu' | 'tanh'

/** Losses per example and their derivative. */
export interface SoftmaxCrossEntropy {
  /** −log softmax(logits)[label], `[batch]`, nats. */
  losses: Tensor
  /** ∂ losses[b] / ∂ logits[b, :], `[batch, classes]`. */
  logitsGradient: Tensor
}
