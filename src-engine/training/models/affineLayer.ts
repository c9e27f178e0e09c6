import type { Activation, Tensor } from '#engine/tensor/tensor.ts'
import type { TensorOperations } from '#engine/tensor/tensorOperations.ts'
import { initialDeviation } from './initialDeviation.ts'
import type { Layer } from './layer.ts'

/** A map linear in its input and linear in its kernel, such as a matrix product or a convolution, with both adjoints. */
export interface BilinearMap {
  readonly kernelShape: readonly number[]
  /** Inputs that one output sums over. */
  readonly fanIn: number
  readonly outputShape: readonly number[]
  apply(operations: TensorOperations, input: Tensor, kernel: Tensor): Tensor
  inputGradient(
    operations: TensorOperations,
    outputGradient: Tensor,
    kernel: Tensor,
    inputShape: readonly number[],
  ): Tensor
  kernelGradient(operations: TensorOperations, outputGradient: Tensor, input: Tensor): Tensor
}

function kernelAndBias(parameters: readonly Tensor[], layer: string): { kernel: Tensor; bias: Tensor } {
  const [kernel, bias] = parameters
  if (!kernel || !bias) throw new Error(`Layer ${layer} needs a kernel and a bias`)
  return { kernel, bias }
}

function sumOf(operations: TensorOperations, a: Tensor, b: Tensor | null): Tensor {
  return b ? operations.add(a, b) : a
}

/** activation(map(x, K) + b), bias along the last axis. */
export function affineLayer(name: string, map: BilinearMap, activation: Activation): Layer {
  return {
    name,
    parameters: [
      { name: 'kernel', shape: map.kernelShape, initialDeviation: initialDeviation(map.fanIn, activation) },
      { name: 'bias', shape: map.outputShape.slice(-1), initialDeviation: 0 },
    ],
    outputShape: map.outputShape,
    forward: (operations, parameters, input) => {
      const { kernel, bias } = kernelAndBias(parameters, name)
      return operations.activate(operations.addBias(map.apply(operations, input, kernel), bias), activation)
    },
    backward: (operations, { parameters, input, output }, outputGradient, needsInputGradient) => {
      const { kernel } = kernelAndBias(parameters, name)
      const sumGradient = operations.activationGradient(output, outputGradient, activation)
      return {
        parameters: [map.kernelGradient(operations, sumGradient, input), operations.biasGradient(sumGradient)],
        input: needsInputGradient ? map.inputGradient(operations, sumGradient, kernel, input.shape) : null,
      }
    },
    forwardTangent: (operations, { parameters, input, output }, tangents) => {
      const { kernel } = kernelAndBias(parameters, name)
      const change = kernelAndBias(tangents.parameters, name)
      const byKernel = operations.addBias(map.apply(operations, input, change.kernel), change.bias)
      const sumTangent = sumOf(operations, byKernel, tangents.input && map.apply(operations, tangents.input, kernel))
      return operations.activationGradient(output, sumTangent, activation)
    },
    backwardTangent: (operations, { parameters, input, output }, tangents, outputGradient, needsInputGradient) => {
      const { kernel } = kernelAndBias(parameters, name)
      const change = kernelAndBias(tangents.parameters, name)
      const sumGradient = operations.activationGradient(output, outputGradient.value, activation)
      const bend = operations.activationCurvature(output, tangents.output, outputGradient.value, activation)
      const sumTangent = sumOf(
        operations,
        operations.activationGradient(output, outputGradient.tangent, activation),
        bend,
      )
      const kernelTangent = sumOf(
        operations,
        map.kernelGradient(operations, sumTangent, input),
        tangents.input && map.kernelGradient(operations, sumGradient, tangents.input),
      )
      const inputTangent = () =>
        operations.add(
          map.inputGradient(operations, sumTangent, kernel, input.shape),
          map.inputGradient(operations, sumGradient, change.kernel, input.shape),
        )
      return {
        parameters: [kernelTangent, operations.biasGradient(sumTangent)],
        input: needsInputGradient ? inputTangent() : null,
      }
    },
  }
}
