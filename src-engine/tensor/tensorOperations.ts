import type { Activation, SoftmaxCrossEntropy, Tensor } from './tensor.ts'

/**
 * What training needs from a tensor library, forward and backward: first derivatives are operations of their own, no tape.
 * All numbers are float32, labels and indices int32. Images are `[batch, height, width, channels]`.
 */
export interface TensorOperations {
  /** Runs `body` and frees every tensor made inside but those given to `keep`: a result is host data or a kept tensor. */
  scope<Result>(body: () => Result): Result
  keep(tensor: Tensor): void
  dispose(tensor: Tensor): void
  /** Tensors alive on this backend: constant from step to step when nothing leaks. */
  tensorCount(): number

  /** Copies from the host at the latest when the tensor is first used: do not change `values` before that. */
  fromHost(values: Float32Array | Int32Array, shape: readonly number[]): Tensor
  /** Waits for the device and copies to the host. */
  toHost(tensor: Tensor): Float32Array

  reshape(tensor: Tensor, shape: readonly number[]): Tensor
  /** Rows `indices` of `[rows, ...]`. */
  gatherRows(tensor: Tensor, indices: Tensor): Tensor
  add(a: Tensor, b: Tensor): Tensor
  scale(tensor: Tensor, factor: number): Tensor
  /** Element by element; a last axis of 1 is repeated. `add` repeats it as well. */
  multiply(a: Tensor, b: Tensor): Tensor
  /** Mean over the last axis, which is kept with 1 element. */
  meanOfLast(tensor: Tensor): Tensor
  /** 1/√(x + offset). */
  inverseRoot(tensor: Tensor, offset: number): Tensor
  matMul(a: Tensor, b: Tensor, transposeA: boolean, transposeB: boolean): Tensor
  /** Adds `bias` `[channels]` along the last axis. */
  addBias(tensor: Tensor, bias: Tensor): Tensor
  /** Sum over all axes but the last. */
  biasGradient(outputGradient: Tensor): Tensor
  activate(tensor: Tensor, activation: Activation): Tensor
  /** Gradient of the input of an activation from its *output*; a ReLU at exactly 0 passes none. */
  activationGradient(output: Tensor, outputGradient: Tensor, activation: Activation): Tensor
  /** The second-derivative term of an activation, σ''(z) ż ⊙ `outputGradient`, from its output σ(z) and the output's tangent σ'(z) ż. Null where σ'' is zero. */
  activationCurvature(
    output: Tensor,
    outputTangent: Tensor,
    outputGradient: Tensor,
    activation: Activation,
  ): Tensor | null
  softmaxCrossEntropy(logits: Tensor, labels: Tensor): SoftmaxCrossEntropy
  /** Derivative of softmax(logits) along `tangent`, `[batch, classes]`. */
  softmaxTangent(logits: Tensor, tangent: Tensor): Tensor

  /** Padding `same`. `filter` is `[height, width, channelsIn, channelsOut]`. */
  convolve(input: Tensor, filter: Tensor, stride: number): Tensor
  convolveInputGradient(outputGradient: Tensor, filter: Tensor, inputShape: readonly number[], stride: number): Tensor
  convolveFilterGradient(outputGradient: Tensor, input: Tensor, filterShape: readonly number[], stride: number): Tensor
}
