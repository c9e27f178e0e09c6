import { describe, expect, it } from 'vitest'
import { createSegmentTracker, type Hyperparameters } from '#engine/training/session/segmentTracker.ts'

const base = { momentum: 0.9, nesterov: false, weightDecay: 0, batchSize: 32, sampling: 'iid' }
const dropAt100 = (step: number): Hyperparameters => ({ ...base, learningRate: step < 100 ? 0.1 : 0.01 })
const falling = (step: number): Hyperparameters => ({ ...base, learningRate: 1 / (1 + step) })

function beginnings(
  hyperparametersAt: (step: number) => Hyperparameters,
  options: { isLearningRateVarying: boolean; resumedAt: number },
  to: number,
) {
  const tracker = createSegmentTracker(hyperparametersAt, options)
  return Array.from({ length: to - options.resumedAt }, (_, index) => tracker.next(options.resumedAt + index)).filter(
    (segment) => segment !== null,
  )
}

describe('createSegmentTracker', () => {
  it('begins one at the first step and at each change', () => {
    expect(beginnings(dropAt100, { isLearningRateVarying: false, resumedAt: 0 }, 200)).toEqual([
      { from: 0, ...base, learningRate: 0.1 },
      { from: 100, ...base, learningRate: 0.01 },
    ])
  })

  it('goes on with the open one when a run is resumed', () => {
    expect(beginnings(dropAt100, { isLearningRateVarying: false, resumedAt: 60 }, 99)).toEqual([])
    expect(beginnings(dropAt100, { isLearningRateVarying: false, resumedAt: 100 }, 150)).toMatchObject([
      { from: 100, learningRate: 0.01 },
    ])
  })

  it('makes one without a learning rate of a schedule that never rests', () => {
    expect(beginnings(falling, { isLearningRateVarying: true, resumedAt: 0 }, 50)).toEqual([
      { from: 0, ...base, learningRate: null },
    ])
  })
})
