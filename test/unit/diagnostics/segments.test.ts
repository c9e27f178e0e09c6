import { describe, expect, it } from 'vitest'
import { findSegments, mainSegments, segmentsOfLearningRate } from '#core/diagnostics/observables/segments.ts'
import type { RunObservables, ScalarSeries } from '#core/diagnostics/observables/observables.ts'

const count = 1000
const range = { from: 0, to: count - 1 }

function rates(rate: (step: number) => number): ScalarSeries {
  const steps = Float64Array.from({ length: count }, (_, i) => i)
  return { steps, values: steps.map(rate) }
}

const run = (learningRate?: ScalarSeries): RunObservables => ({
  runId: 'r',
  name: 'r',
  config: { momentum: 0.9 },
  scalars: learningRate ? { learning_rate: learningRate } : {},
  vectors: {},
  others: [],
})

const shape = (learningRate?: ScalarSeries) =>
  findSegments(run(learningRate), range).map(({ from, to, isConstant }) => ({ from, to, isConstant }))

describe('findSegments', () => {
  it('is the whole run without a learning rate, or with a constant one', () => {
    expect(shape()).toEqual([{ ...range, isConstant: true }])
    expect(shape(rates(() => 0.1))).toEqual([{ ...range, isConstant: true }])
  })

  it('splits at every change and carries the other hyper-parameters', () => {
    const segments = findSegments(run(rates((step) => (step < 400 ? 0.1 : 0.01))), range)
    expect(segments.map(({ from, to, hyperparameters }) => [from, to, hyperparameters])).toEqual([
      [0, 399, { momentum: 0.9, learningRate: 0.1 }],
      [400, 999, { momentum: 0.9, learningRate: 0.01 }],
    ])
  })

  it('takes the same rate written with other digits for the same', () => {
    expect(shape(rates((step) => 0.1 * (1 + (step % 2) * 1e-12)))).toHaveLength(1)
  })

  it('joins a rate that changes at every step, and keeps a constant tail after a warm-up', () => {
    expect(shape(rates((step) => 2 / (step + 20)))).toEqual([{ ...range, isConstant: false }])
    expect(shape(rates((step) => Math.min(0.1, 0.001 * (step + 1))))).toEqual([
      { from: 0, to: 98, isConstant: false },
      { from: 99, to: 999, isConstant: true },
    ])
  })

  it('uses given segments, cut to what was recorded', () => {
    const given = { ...run(), segments: [{ from: -5, to: 1e6, hyperparameters: { learningRate: 0.3 } }] }
    expect(findSegments(given, range)).toEqual([
      { ...range, hyperparameters: { momentum: 0.9, learningRate: 0.3 }, isConstant: true },
    ])
  })
})

it('segmentsOfLearningRate begins with the recorded range, though the rate was logged later', () => {
  const late = { steps: Float64Array.of(5, 6), values: Float64Array.of(0.1, 0.1) }
  expect(segmentsOfLearningRate(late, {}, range)).toEqual([{ ...range, hyperparameters: { learningRate: 0.1 } }])
})

it('mainSegments leaves out what is short beside the run', () => {
  const long = { from: 40, to: 999 }
  expect(mainSegments([{ from: 0, to: 39 }, long])).toEqual([long])
  expect(mainSegments([])).toEqual([])
})
