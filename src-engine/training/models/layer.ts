import type { Tensor } from '#engine/tensor/tensor.ts'
import type { TensorOperations } from '#engine/tensor/tensorOperations.ts'

/** One weight array of a layer and the law of its initial values: zero-mean Gaussian; a deviation of 0 starts at zero. */
export interface ParameterSpec {
  readonly name: string
  readonly shape: readonly number[]
  readonly initialDeviation: number
}

export interface LayerGradients {
  /** In the order of the layer's parameters. */
  readonly parameters: readonly Tensor[]
  /** Null when not asked for: the first layer's input needs none. */
  readonly input: Tensor | null
}

/** What a layer saw in a forward pass. */
export interface LayerPass {
  readonly parameters: readonly Tensor[]
  readonly input: Tensor
  readonly output: Tensor
}

/** Derivatives of a forward pass along a direction in weight space. */
export interface LayerTangents {
  readonly parameters: readonly Tensor[]
  /** Null where the input does not depend on any weight. */
  readonly input: Tensor | null
  readonly output: Tensor
}

/**
 * A function of an input and its parameters, with its own first derivative, and the directional derivatives of both (the R-operator of Pearlmutter 1994),
 * which give exact Hessian-vector products without any second derivative of a tensor operation.
 */
export interface Layer {
  readonly name: string
  readonly parameters: readonly ParameterSpec[]
  /** Shape of one example's output. */
  readonly outputShape: readonly number[]
  forward(operations: TensorOperations, parameters: readonly Tensor[], input: Tensor): Tensor
  /** Chain rule at the input and output of a forward pass. */
  backward(
    operations: TensorOperations,
    pass: LayerPass,
    outputGradient: Tensor,
    needsInputGradient: boolean,
  ): LayerGradients
  /** Directional derivative of the output; null where it does not change. */
  forwardTangent(
    operations: TensorOperations,
    pass: LayerPass,
    tangents: Pick<LayerTangents, 'parameters' | 'input'>,
  ): Tensor | null
  /** Directional derivative of `backward`'s result. */
  backwardTangent(
    operations: TensorOperations,
    pass: LayerPass,
    tangents: LayerTangents,
    outputGradient: { value: Tensor; tangent: Tensor },
    needsInputGradient: boolean,
  ): LayerGradients
}
