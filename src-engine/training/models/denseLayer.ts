import type { Activation } from '#engine/tensor/tensor.ts'
import { initialDeviation } from './initialDeviation.ts'
import { type Layer, parameterAt } from './layer.ts'

/** activation(x W + b) for inputs `[batch, inputCount]`. */
export function denseLayer(name: string, inputCount: number, outputCount: number, activation: Activation): Layer {
  return {
    name,
    parameters: [
      { name: 'kernel', shape: [inputCount, outputCount], initialDeviation: initialDeviation(inputCount, activation) },
      { name: 'bias', shape: [outputCount], initialDeviation: 0 },
    ],
    outputShape: [outputCount],
    forward: (operations, parameters, input) => {
      const sum = operations.matMul(input, parameterAt(parameters, 0, name), false, false)
      return operations.activate(operations.addBias(sum, parameterAt(parameters, 1, name)), activation)
    },
    backward: (operations, parameters, input, output, outputGradient, needsInputGradient) => {
      const sumGradient = operations.activationGradient(output, outputGradient, activation)
      return {
        parameters: [operations.matMul(input, sumGradient, true, false), operations.biasGradient(sumGradient)],
        input: needsInputGradient ? operations.matMul(sumGradient, parameterAt(parameters, 0, name), false, true) : null,
      }
    },
  }
}
