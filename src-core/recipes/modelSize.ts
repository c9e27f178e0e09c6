import type { NetworkRecipe, Recipe } from './recipe.ts'

const imageSide = 28
const classCount = 10
const floatBytes = 4

interface Layer {
  parameterCount: number
  /** Of one example. */
  outputCount: number
}

/** Weights and biases that the recipe trains; the dimension of θ for an analytic problem. */
export function parameterCount(recipe: Recipe): number {
  if ('problem' in recipe) return recipe.problem.kind === 'quadratic' ? recipe.problem.curvature.length : 1
  return sum(layersOf(recipe).map((layer) => layer.parameterCount))
}

/**
 * Bytes that training needs beside the idle worker: weights, gradient, momentum buffer and two copies for probes; the examples; activations and their gradients
 * for the largest batch that is in flight (a probe passes at most 1024 examples at once); the basis that a Lanczos iteration keeps, in double precision.
 */
export function stepMemoryBytes(recipe: Recipe): number {
  if ('problem' in recipe) return parameterCount(recipe) * 8 * 5
  const side = imageSide / recipe.data.downsample
  const examples = (recipe.data.train_count + recipe.data.validation_count) * side * side
  const activations = 2 * Math.max(recipe.batch_size, 1024) * sum(layersOf(recipe).map((layer) => layer.outputCount))
  const { sharpness, spectral_density: spectrum } = recipe.probes
  const lanczosVectors = Math.max(sharpness?.iterations ?? 0, spectrum?.iterations ?? 0)
  return (
    floatBytes * (5 * parameterCount(recipe) + examples + activations) + 8 * lanczosVectors * parameterCount(recipe)
  )
}

function layersOf(recipe: NetworkRecipe): Layer[] {
  const { model } = recipe
  const side = imageSide / recipe.data.downsample
  return model.kind === 'mlp'
    ? denseLayers(side * side, [...model.hidden, classCount], model.normalization === 'layer')
    : convolutionLayers(side, model.channels, model.kernel_size)
}

function denseLayers(inputCount: number, unitCounts: readonly number[], isNormalized = false): Layer[] {
  return unitCounts.map((units, index) => ({
    parameterCount: ((unitCounts[index - 1] ?? inputCount) + 1) * units,
    outputCount: isNormalized ? 2 * units : units,
  }))
}

/** Stride 2 with padding: each convolution halves the side, rounded up. */
function convolutionLayers(imageSidePixels: number, channelCounts: readonly number[], kernelSize: number): Layer[] {
  let side = imageSidePixels
  const layers = channelCounts.map((channels, index) => {
    side = Math.ceil(side / 2)
    return {
      parameterCount: ((channelCounts[index - 1] ?? 1) * kernelSize * kernelSize + 1) * channels,
      outputCount: channels * side * side,
    }
  })
  return [...layers, ...denseLayers((channelCounts.at(-1) ?? 1) * side * side, [classCount])]
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
