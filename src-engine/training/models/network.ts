import type { Tensor } from '#engine/tensor/tensor.ts'
import type { TensorOperations } from '#engine/tensor/tensorOperations.ts'
import type { Batch } from '../data/deviceExamples.ts'
import type { Layer, LayerGradients, LayerPass, LayerTangents } from './layer.ts'
import { type ParameterLayout, parameterLayout } from './parameterLayout.ts'

export interface LossGradient {
  /** Mean cross-entropy of the batch, nats. */
  loss: number
  /** `[batch, classes]`, valid inside the scope. */
  logits: Tensor
}

/** A feed-forward classifier as a pure function of one flat weight vector, which lives on the host between calls. Call everything inside a scope. */
export interface Network {
  readonly layout: ParameterLayout
  /** Loss of a batch; writes its gradient, `[parameterCount]`, without weight decay. */
  lossGradient(weights: Float32Array, batch: Batch, gradient: Float32Array): LossGradient
  /** Writes H v of the batch's mean loss, `[parameterCount]`, exact wherever the loss is twice differentiable. About twice a gradient's cost. */
  hessianProduct(weights: Float32Array, direction: Float32Array, batch: Batch, product: Float32Array): void
  /** `[batch, classes]`, row-major. */
  logits(weights: Float32Array, inputs: Tensor): Float32Array
}

function mean(values: Float32Array): number {
  let sum = 0
  for (const value of values) sum += value
  return sum / values.length
}

/** An element that earlier layers or passes have put there. */
function present<Item>(items: readonly Item[], index: number): Item {
  const item = items[index]
  if (item === undefined) throw new Error(`A network pass lacks its layer ${index}`)
  return item
}

export function createNetwork(operations: TensorOperations, layers: readonly Layer[]): Network {
  const layout = parameterLayout(layers)
  const firstTrained = layers.findIndex((layer) => layer.parameters.length > 0)

  const upload = (flat: Float32Array): Tensor[][] =>
    layout.byLayer.map((parameters) =>
      parameters.map(({ from, to, shape }) => operations.fromHost(flat.subarray(from, to), shape)),
    )

  const download = (gradients: LayerGradients, index: number, flat: Float32Array): void => {
    gradients.parameters.forEach((tensor, order) => {
      flat.set(operations.toHost(tensor), present(present(layout.byLayer, index), order).from)
    })
  }

  const forward = (weights: Float32Array, inputs: Tensor): LayerPass[] => {
    const parameters = upload(weights)
    let input = inputs
    return layers.map((layer, index) => {
      const own = present(parameters, index)
      const pass = { parameters: own, input, output: layer.forward(operations, own, input) }
      input = pass.output
      return pass
    })
  }

  const forwardTangents = (
    passes: readonly LayerPass[],
    direction: Float32Array,
  ): (Omit<LayerTangents, 'output'> & { output: Tensor | null })[] => {
    const parameters = upload(direction)
    let input: Tensor | null = null
    return layers.map((layer, index) => {
      const own = { parameters: present(parameters, index), input }
      const output: Tensor | null = layer.forwardTangent(operations, present(passes, index), own)
      input = output
      return { ...own, output }
    })
  }

  /** Logits, losses and ∂ mean loss / ∂ logits of a forward pass. */
  const head = (passes: readonly LayerPass[], batch: Batch) => {
    const logits = present(passes, layers.length - 1).output
    const { losses, logitsGradient } = operations.softmaxCrossEntropy(logits, batch.labels)
    return { logits, losses, logitsGradient: operations.scale(logitsGradient, 1 / batch.size) }
  }

  return {
    layout,
    lossGradient: (weights, batch, gradient) => {
      const passes = forward(weights, batch.inputs)
      const { logits, losses, logitsGradient } = head(passes, batch)
      let outputGradient: Tensor | null = logitsGradient
      for (let index = layers.length - 1; index >= firstTrained && outputGradient; index -= 1) {
        const gradients: LayerGradients = present(layers, index).backward(
          operations,
          present(passes, index),
          outputGradient,
          index > firstTrained,
        )
        download(gradients, index, gradient)
        outputGradient = gradients.input
      }
      return { loss: mean(operations.toHost(losses)), logits }
    },
    hessianProduct: (weights, direction, batch, product) => {
      const passes = forward(weights, batch.inputs)
      const tangents = forwardTangents(passes, direction)
      const { logits, logitsGradient } = head(passes, batch)
      const logitsTangent = present(tangents, layers.length - 1).output
      if (!logitsTangent) throw new Error('A network without weights has no Hessian')
      let value: Tensor | null = logitsGradient
      let tangent: Tensor | null = operations.scale(operations.softmaxTangent(logits, logitsTangent), 1 / batch.size)
      for (let index = layers.length - 1; index >= firstTrained && value && tangent; index -= 1) {
        const layer = present(layers, index)
        const pass = present(passes, index)
        const { output, ...rest } = present(tangents, index)
        if (!output) throw new Error(`Layer ${layer.name} has weights before it but no tangent`)
        const gradients: LayerGradients = layer.backwardTangent(
          operations,
          pass,
          { ...rest, output },
          { value, tangent },
          index > firstTrained,
        )
        download(gradients, index, product)
        value = layer.backward(operations, pass, value, index > firstTrained).input
        tangent = gradients.input
      }
    },
    logits: (weights, inputs) => operations.toHost(present(forward(weights, inputs), layers.length - 1).output),
  }
}
