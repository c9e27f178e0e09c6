import type { Tensor } from '#engine/tensor/tensor.ts'
import type { TensorOperations } from '#engine/tensor/tensorOperations.ts'
import type { Batch } from '../data/deviceExamples.ts'
import type { Layer } from './layer.ts'
import { type ParameterLayout, parameterLayout } from './parameterLayout.ts'

export interface LossGradient {
  /** Mean cross-entropy of the batch, nats. */
  loss: number
  /** `[batch, classes]`, valid inside the scope. */
  logits: Tensor
}

/** A feed-forward classifier as a pure function of one flat weight vector, which lives on the host between calls. */
export interface Network {
  readonly layout: ParameterLayout
  /** Loss of a batch; writes its gradient, `[parameterCount]`, without weight decay. Call inside a scope. */
  lossGradient(weights: Float32Array, batch: Batch, gradient: Float32Array): LossGradient
  /** `[batch, classes]`, row-major. Call inside a scope. */
  logits(weights: Float32Array, inputs: Tensor): Float32Array
}

function mean(values: Float32Array): number {
  let sum = 0
  for (const value of values) sum += value
  return sum / values.length
}

export function createNetwork(operations: TensorOperations, layers: readonly Layer[]): Network {
  const layout = parameterLayout(layers)

  const upload = (weights: Float32Array): Tensor[][] =>
    layout.byLayer.map((parameters) => parameters.map(({ from, to, shape }) => operations.fromHost(weights.subarray(from, to), shape)))

  /** The input followed by every layer's output. */
  const forward = (parameters: Tensor[][], inputs: Tensor): Tensor[] => {
    const signals = [inputs]
    layers.forEach((layer, index) => signals.push(layer.forward(operations, parameters[index] ?? [], signals[index] ?? inputs)))
    return signals
  }

  const backward = (parameters: Tensor[][], signals: Tensor[], logitsGradient: Tensor, gradient: Float32Array): void => {
    let outputGradient: Tensor | null = logitsGradient
    const firstTrained = layers.findIndex((layer) => layer.parameters.length > 0)
    for (let index = layers.length - 1; index >= firstTrained && outputGradient; index -= 1) {
      const layer = layers[index]
      const input = signals[index]
      const output = signals[index + 1]
      if (!layer || !input || !output) throw new Error(`The forward pass of layer ${index} is missing`)
      const gradients = layer.backward(operations, parameters[index] ?? [], input, output, outputGradient, index > firstTrained)
      gradients.parameters.forEach((tensor, order) => gradient.set(operations.toHost(tensor), layout.byLayer[index]?.[order]?.from))
      outputGradient = gradients.input
    }
  }

  return {
    layout,
    lossGradient: (weights, batch, gradient) => {
      const parameters = upload(weights)
      const signals = forward(parameters, batch.inputs)
      const logits = signals.at(-1) ?? batch.inputs
      const { losses, logitsGradient } = operations.softmaxCrossEntropy(logits, batch.labels)
      backward(parameters, signals, operations.scale(logitsGradient, 1 / batch.size), gradient)
      return { loss: mean(operations.toHost(losses)), logits }
    },
    logits: (weights, inputs) => operations.toHost(forward(upload(weights), inputs).at(-1) ?? inputs),
  }
}
