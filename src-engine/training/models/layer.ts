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

/** A function of an input and its parameters, with its own derivative. */
export interface Layer {
  readonly name: string
  readonly parameters: readonly ParameterSpec[]
  /** Shape of one example's output. */
  readonly outputShape: readonly number[]
  forward(operations: TensorOperations, parameters: readonly Tensor[], input: Tensor): Tensor
  /** Chain rule at the input and output of a forward pass. */
  backward(
    operations: TensorOperations,
    parameters: readonly Tensor[],
    input: Tensor,
    output: Tensor,
    outputGradient: Tensor,
    needsInputGradient: boolean,
  ): LayerGradients
}

/** Takes the parameter that a layer's own specification promises. */
export function parameterAt(parameters: readonly Tensor[], index: number, layer: string): Tensor {
  const parameter = parameters[index]
  if (!parameter) throw new Error(`Layer ${layer} has no parameter ${index}`)
  return parameter
}
