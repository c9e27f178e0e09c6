import { describe, expect, it } from 'vitest'
import { createRandomStream } from '#core/random/randomStream.ts'
import { addLabelNoise } from '#engine/training/data/addLabelNoise.ts'
import { downsample } from '#engine/training/data/downsample.ts'
import { loadDataset } from '#engine/training/data/loadDataset.ts'

const clean = {
  kind: 'mnist',
  train_count: 500,
  validation_count: 300,
  label_noise: 0,
  downsample: 1,
  seed: 0,
} as const

describe('loadDataset', () => {
  it('reads real digits in the asked numbers', async () => {
    const { training, validation, classCount } = await loadDataset(clean)
    expect(classCount).toBe(10)
    expect([training.count, validation.count, training.images.length]).toEqual([500, 300, 500 * 784])
    expect(new Set(training.labels)).toEqual(new Set([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]))
    const brightness = training.images.reduce((sum, value) => sum + value, 0) / training.images.length
    expect(brightness).toBeGreaterThan(0.1)
    expect(brightness).toBeLessThan(0.16)
  })

  it('holds out the same digits whatever the seed, and never trains on them', async () => {
    const first = await loadDataset({ ...clean, train_count: 8000, validation_count: 2000 })
    const other = await loadDataset({ ...clean, seed: 9 })
    expect(other.validation.images).toEqual(first.validation.images.subarray(0, 300 * 784))
    const rowKey = (images: Float32Array, row: number) => images.subarray(row * 784, (row + 1) * 784).join(',')
    const trained = new Set(Array.from({ length: 8000 }, (_, row) => rowKey(first.training.images, row)))
    const leaked = Array.from({ length: 2000 }, (_, row) => rowKey(first.validation.images, row)).filter((key) =>
      trained.has(key),
    )
    expect(leaked).toEqual([])
  })

  it('redraws the asked share of training labels once, by the data seed, and no validation label', async () => {
    const noisy = await loadDataset({ ...clean, label_noise: 0.4 })
    const again = await loadDataset({ ...clean, label_noise: 0.4 })
    const { training, validation } = await loadDataset(clean)
    expect(again.training.labels).toEqual(noisy.training.labels)
    expect(noisy.validation.labels).toEqual(validation.labels)
    const changed = training.labels.filter((label, i) => label !== noisy.training.labels[i]).length
    // 200 labels are redrawn, and a tenth of them falls on the same class.
    expect(Math.abs(changed - 180)).toBeLessThan(4 * Math.sqrt(200 * 0.09))
  })
})

describe('addLabelNoise', () => {
  it('changes nothing at share 0 and draws uniformly at share 1', () => {
    const labels = new Int32Array(10_000)
    expect(addLabelNoise(labels, 0, 10, createRandomStream(1, 'noise'))).toEqual(labels)
    const redrawn = addLabelNoise(labels, 1, 10, createRandomStream(1, 'noise'))
    const zeros = redrawn.filter((label) => label === 0).length
    expect(Math.abs(zeros - 1000)).toBeLessThan(4 * 30)
  })
})

describe('downsample', () => {
  it('averages squares of pixels', () => {
    const examples = {
      count: 1,
      shape: [2, 4, 1] as const,
      images: Float32Array.of(1, 2, 5, 6, 3, 4, 7, 8),
      labels: Int32Array.of(3),
    }
    const small = downsample(examples, 2)
    expect(small.shape).toEqual([1, 2, 1])
    expect([...small.images]).toEqual([2.5, 6.5])
  })

  it('refuses a factor that does not divide the image', () => {
    expect(() =>
      downsample({ count: 0, shape: [3, 4, 1], images: new Float32Array(0), labels: new Int32Array(0) }, 2),
    ).toThrow('3 x 4')
  })
})
