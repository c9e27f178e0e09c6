import type { Tensor } from '#engine/tensor/tensor.ts'
import type { TensorOperations } from '#engine/tensor/tensorOperations.ts'
import type { Examples } from './examples.ts'

/** A batch on the device, valid inside the scope that made it. */
export interface Batch {
  readonly size: number
  readonly inputs: Tensor
  readonly labels: Tensor
}

/** Examples that stay on the device, so that a step moves only indices. */
export interface DeviceExamples {
  readonly count: number
  batch(indices: Int32Array): Batch
  dispose(): void
}

/** Copies examples to the device once. */
export function toDevice(operations: TensorOperations, examples: Examples): DeviceExamples {
  const inputs = operations.fromHost(examples.images, [examples.count, ...examples.shape])
  const labels = operations.fromHost(examples.labels, [examples.count])
  return {
    count: examples.count,
    batch: (indices) => {
      const rows = operations.fromHost(indices, [indices.length])
      return {
        size: indices.length,
        inputs: operations.gatherRows(inputs, rows),
        labels: operations.gatherRows(labels, rows),
      }
    },
    dispose: () => {
      operations.dispose(inputs)
      operations.dispose(labels)
    },
  }
}
