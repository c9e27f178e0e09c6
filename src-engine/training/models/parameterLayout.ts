import type { RandomStream } from '#core/random/randomStream.ts'
import type { Layer } from './layer.ts'

/** Where one layer's weights lie in the flat vector. */
export interface LayerSlice {
  readonly name: string
  readonly from: number
  /** Exclusive. */
  readonly to: number
}

export interface ParameterSlice extends LayerSlice {
  readonly shape: readonly number[]
  readonly initialDeviation: number
}

/** The flat view of a network's weights: parameters one after the other, layer by layer. */
export interface ParameterLayout {
  readonly parameterCount: number
  /** Per layer of the network, its parameters. */
  readonly byLayer: readonly (readonly ParameterSlice[])[]
  /** The layers that have weights. */
  readonly layers: readonly LayerSlice[]
}

export function parameterLayout(layers: readonly Layer[]): ParameterLayout {
  let offset = 0
  const slices: LayerSlice[] = []
  const byLayer = layers.map((layer) => {
    const from = offset
    const parameters = layer.parameters.map((parameter): ParameterSlice => {
      const start = offset
      offset += parameter.shape.reduce((product, extent) => product * extent, 1)
      return { ...parameter, name: `${layer.name}/${parameter.name}`, from: start, to: offset }
    })
    if (offset > from) slices.push({ name: layer.name, from, to: offset })
    return parameters
  })
  return { parameterCount: offset, byLayer, layers: slices }
}

/** Draws the weights of a new network. */
export function initialWeights(layout: ParameterLayout, random: RandomStream): Float32Array {
  const weights = new Float32Array(layout.parameterCount)
  for (const parameter of layout.byLayer.flat()) {
    if (parameter.initialDeviation === 0) continue
    const values = weights.subarray(parameter.from, parameter.to)
    random.fillNormal(values)
    for (let i = 0; i < values.length; i += 1) values[i] = (values[i] ?? 0) * parameter.initialDeviation
  }
  return weights
}
