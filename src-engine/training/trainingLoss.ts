import type { TensorOperations } from '#engine/tensor/tensorOperations.ts'
import { toDevice } from './data/deviceExamples.ts'
import type { Dataset, Examples } from './data/examples.ts'
import { countCorrect, sumCrossEntropy } from './models/classification.ts'
import type { Network } from './models/network.ts'
import { addScaled } from '#core/linearAlgebra/vector.ts'

/** Examples per pass of a full evaluation: large enough to keep the device busy, small enough to fit. */
const chunkSize = 1000

export interface LossAndAccuracy {
  /** Mean cross-entropy, nats, without weight decay. */
  loss: number
  /** Share of examples whose largest logit is their label. */
  accuracy: number
}

/** The loss of a network over a data set, seen from the host: weights and gradients are flat vectors, no tensor gets out. */
export interface TrainingLoss {
  readonly parameterCount: number
  readonly exampleCount: number
  /** Mean loss of the training examples `indices` as one batch; writes its gradient without weight decay. */
  batchGradient(weights: Float32Array, indices: Int32Array, gradient: Float32Array): number
  /** The same over any number of examples, in chunks, summed in double precision. */
  meanGradient(weights: Float32Array, indices: Int32Array, gradient: Float64Array): LossAndAccuracy
  /** H v of the mean loss over the training examples `indices`, without weight decay, in chunks, summed in double precision. */
  hessianProduct(weights: Float32Array, direction: Float64Array, indices: Int32Array): Float64Array
  validation(weights: Float32Array): LossAndAccuracy
  /** Logits of the first `count` held-out examples, `[count, classes]`. */
  outputs(weights: Float32Array, count: number): Float32Array
  dispose(): void
}

function rangeOf(from: number, to: number): Int32Array {
  return Int32Array.from({ length: to - from }, (_, index) => from + index)
}

function labelsAt(examples: Examples, indices: Int32Array): Int32Array {
  return indices.map((index) => examples.labels[index] ?? 0)
}

export function createTrainingLoss(operations: TensorOperations, network: Network, dataset: Dataset): TrainingLoss {
  const { classCount } = dataset
  const training = toDevice(operations, dataset.training)
  const heldOut = toDevice(operations, dataset.validation)
  const chunkGradient = new Float32Array(network.layout.parameterCount)

  const addChunk = (weights: Float32Array, indices: Int32Array, total: Float64Array) =>
    operations.scope(() => {
      const { loss, logits } = network.lossGradient(weights, training.batch(indices), chunkGradient)
      addScaled(total, indices.length, chunkGradient)
      const correct = countCorrect(operations.toHost(logits), labelsAt(dataset.training, indices), classCount)
      return { lossSum: loss * indices.length, correct }
    })

  const heldOutLogits = (weights: Float32Array, indices: Int32Array) =>
    operations.scope(() => network.logits(weights, heldOut.batch(indices).inputs))

  return {
    parameterCount: network.layout.parameterCount,
    exampleCount: training.count,
    batchGradient: (weights, indices, gradient) =>
      operations.scope(() => network.lossGradient(weights, training.batch(indices), gradient).loss),
    meanGradient: (weights, indices, gradient) => {
      gradient.fill(0)
      let lossSum = 0
      let correct = 0
      for (let from = 0; from < indices.length; from += chunkSize) {
        const chunk = addChunk(weights, indices.subarray(from, from + chunkSize), gradient)
        lossSum += chunk.lossSum
        correct += chunk.correct
      }
      for (let i = 0; i < gradient.length; i += 1) gradient[i] = (gradient[i] ?? 0) / indices.length
      return { loss: lossSum / indices.length, accuracy: correct / indices.length }
    },
    hessianProduct: (weights, direction, indices) => {
      const total = new Float64Array(direction.length)
      const single = Float32Array.from(direction)
      for (let from = 0; from < indices.length; from += chunkSize) {
        const chunk = indices.subarray(from, from + chunkSize)
        operations.scope(() => {
          network.hessianProduct(weights, single, training.batch(chunk), chunkGradient)
        })
        addScaled(total, chunk.length / indices.length, chunkGradient)
      }
      return total
    },
    validation: (weights) => {
      let lossSum = 0
      let correct = 0
      for (let from = 0; from < heldOut.count; from += chunkSize) {
        const indices = rangeOf(from, Math.min(from + chunkSize, heldOut.count))
        const labels = labelsAt(dataset.validation, indices)
        const logits = heldOutLogits(weights, indices)
        lossSum += sumCrossEntropy(logits, labels, classCount)
        correct += countCorrect(logits, labels, classCount)
      }
      return { loss: lossSum / heldOut.count, accuracy: correct / heldOut.count }
    },
    outputs: (weights, count) => heldOutLogits(weights, rangeOf(0, Math.min(count, heldOut.count))),
    dispose: () => {
      training.dispose()
      heldOut.dispose()
    },
  }
}
