import type { Activation } from '#engine/tensor/tensor.ts'
import type { NetworkRecipe } from '#core/recipes/recipe.ts'
import { convolutionLayer } from './convolutionLayer.ts'
import { denseLayer } from './denseLayer.ts'
import { flattenLayer } from './flattenLayer.ts'
import type { Layer } from './layer.ts'
import { normalizationLayer } from './normalizationLayer.ts'

type MlpModel = Extract<NetworkRecipe['model'], { kind: 'mlp' }>
type CnnModel = Extract<NetworkRecipe['model'], { kind: 'cnn' }>
type ImageShape = readonly [number, number, number]

function mlpLayers(model: MlpModel, imageShape: ImageShape, classCount: number): Layer[] {
  const flatten = flattenLayer('flatten', imageShape)
  const inputCounts = [flatten.outputShape[0] ?? 0, ...model.hidden]
  const isNormalized = model.normalization === 'layer'
  const dense = (name: string, index: number, units: number, activation: Activation): Layer[] => {
    const inputCount = inputCounts[index] ?? 0
    return isNormalized
      ? [denseLayer(name, inputCount, units, 'linear'), normalizationLayer(`${name}_normalization`, units, activation)]
      : [denseLayer(name, inputCount, units, activation)]
  }
  const hidden = model.hidden.flatMap((units, index) => dense(`dense_${index + 1}`, index, units, model.activation))
  return [flatten, ...hidden, ...dense('output', model.hidden.length, classCount, 'linear')]
}

function cnnLayers(model: CnnModel, imageShape: ImageShape, classCount: number): Layer[] {
  const layers: Layer[] = []
  let shape = imageShape
  model.channels.forEach((outputChannels, index) => {
    const layer = convolutionLayer(
      `conv_${index + 1}`,
      { input: shape, outputChannels, kernelSize: model.kernel_size, stride: 2 },
      model.activation,
    )
    layers.push(layer)
    shape = [Math.ceil(shape[0] / 2), Math.ceil(shape[1] / 2), outputChannels]
  })
  const flatten = flattenLayer('flatten', shape)
  return [...layers, flatten, denseLayer('output', flatten.outputShape[0] ?? 0, classCount, 'linear')]
}

/** The layers of a recipe's model, from image to logits. */
export function buildLayers(model: NetworkRecipe['model'], imageShape: ImageShape, classCount: number): Layer[] {
  return model.kind === 'mlp' ? mlpLayers(model, imageShape, classCount) : cnnLayers(model, imageShape, classCount)
}
