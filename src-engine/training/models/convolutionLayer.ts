import type { Activation } from '#engine/tensor/tensor.ts'
import { affineLayer } from './affineLayer.ts'
import type { Layer } from './layer.ts'

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
  const { kernelSize, stride, outputChannels } = shape
  const kernelShape = [kernelSize, kernelSize, channels, outputChannels]
  return affineLayer(
    name,
    {
      kernelShape,
      fanIn: kernelSize * kernelSize * channels,
      outputShape: [Math.ceil(height / stride), Math.ceil(width / stride), outputChannels],
      apply: (operations, input, kernel) => operations.convolve(input, kernel, stride),
      inputGradient: (operations, outputGradient, kernel, inputShape) =>
        operations.convolveInputGradient(outputGradient, kernel, inputShape, stride),
      kernelGradient: (operations, outputGradient, input) =>
        operations.convolveFilterGradient(outputGradient, input, kernelShape, stride),
    },
    activation,
  )
}
