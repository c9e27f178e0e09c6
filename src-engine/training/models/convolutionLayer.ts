import type { Activation } from '#engine/tensor/tensor.ts'
import { initialDeviation } from './initialDeviation.ts'
import { type Layer, parameterAt } from './layer.ts'

export interface ConvolutionShape {
  /** `[height, width, channels]` of one example. */
  input: readonly [number, number, number]
  outputChannels: number
  kernelSize: number
  stride: number
}

/** activation(x * K + b) with padding `same` for inputs `[batch, height, width, channels]`. */
export function convolutionLayer(name: string, shape: ConvolutionShape, activation: Activation): Layer {
  const [height, width, channels] = shape.input
  const kernelShape = [shape.kernelSize, shape.kernelSize, channels, shape.outputChannels]
  const fanIn = shape.kernelSize * shape.kernelSize * channels
  return {
    name,
    parameters: [
      { name: 'kernel', shape: kernelShape, initialDeviation: initialDeviation(fanIn, activation) },
      { name: 'bias', shape: [shape.outputChannels], initialDeviation: 0 },
    ],
    outputShape: [Math.ceil(height / shape.stride), Math.ceil(width / shape.stride), shape.outputChannels],
    forward: (operations, parameters, input) => {
      const sum = operations.convolve(input, parameterAt(parameters, 0, name), shape.stride)
      return operations.activate(operations.addBias(sum, parameterAt(parameters, 1, name)), activation)
    },
    backward: (operations, parameters, input, output, outputGradient, needsInputGradient) => {
      const sumGradient = operations.activationGradient(output, outputGradient, activation)
      return {
        parameters: [operations.convolveFilterGradient(sumGradient, input, kernelShape, shape.stride), operations.biasGradient(sumGradient)],
        input: needsInputGradient
          ? operations.convolveInputGradient(sumGradient, parameterAt(parameters, 0, name), input.shape, shape.stride)
          : null,
      }
    },
  }
}
