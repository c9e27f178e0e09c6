import { describe, expect, it } from 'vitest'
import { loadTensorEngine } from '#engine/tensor/loadTensorEngine.ts'
import { buildLayers } from '#engine/training/models/buildLayers.ts'
import { createNetwork } from '#engine/training/models/network.ts'
import { initialWeights } from '#engine/training/models/parameterLayout.ts'
import { createRandomStream } from '#core/random/randomStream.ts'
import { testOperations } from './operationCases.ts'

const engine = await loadTensorEngine({ javascriptOnly: true })

describe('tensor operations on pure JavaScript', () => {
  testOperations(engine.operations)
})

it('differentiates a convolutional network on the pure JavaScript kernels', () => {
  expect(engine.kind).toBe('javascript')
  const { operations } = engine
  const network = createNetwork(
    operations,
    buildLayers({ kind: 'cnn', channels: [2, 3], kernel_size: 3, activation: 'tanh' }, [7, 7, 1], 4),
  )
  const weights = initialWeights(network.layout, createRandomStream(1, 'weights'))
  const images = new Float32Array(3 * 49)
  createRandomStream(1, 'images').fillNormal(images)
  const before = operations.tensorCount()
  const lossAt = (at: Float32Array, gradient: Float32Array) =>
    operations.scope(() => {
      const batch = {
        size: 3,
        inputs: operations.fromHost(images, [3, 7, 7, 1]),
        labels: operations.fromHost(Int32Array.of(0, 2, 3), [3]),
      }
      return network.lossGradient(at, batch, gradient).loss
    })
  const gradient = new Float32Array(weights.length)
  lossAt(weights, gradient)
  const unused = new Float32Array(weights.length)
  const step = 1e-2
  for (const index of [0, 5, 20, 40, 60, weights.length - 1]) {
    const shifted = (by: number) =>
      lossAt(
        weights.map((value, i) => (i === index ? value + by : value)),
        unused,
      )
    expect((shifted(step) - shifted(-step)) / (2 * step)).toBeCloseTo(gradient[index] ?? Number.NaN, 3)
  }
  expect(operations.tensorCount()).toBe(before)
})
