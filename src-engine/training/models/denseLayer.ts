import type { Activation } from '#engine/tensor/tensor.ts'
import { affineLayer } from './affineLayer.ts'
import type { Layer } from './layer.ts'

/** activation(x W + b) for inputs `[batch, inputCount]`. */
export function denseLayer(name: string, inputCount: number, outputCount: number, activation: Activation): Layer {
  return affineLayer(
    name,
    {
      kernelShape: [inputCount, outputCount],
      fanIn: inputCount,
      outputShape: [outputCount],
      apply: (operations, input, kernel) => operations.matMul(input, kernel, false, false),
      inputGradient: (operations, outputGradient, kernel) => operations.matMul(outputGradient, kernel, false, true),
      kernelGradient: (operations, outputGradient, input) => operations.matMul(input, outputGradient, true, false),
    },
    activation,
  )
}
