import { describe, expect, it } from 'vitest'
import { observablesFromColumns } from '#calibration/simulations.ts'
import { diagnoseRun } from '#core/diagnostics/diagnoseRun.ts'
import { findSegments, mainSegments, segmentsOfLearningRate } from '#core/diagnostics/observables/segments.ts'
import type { RunObservables, ScalarSeries } from '#core/diagnostics/observables/observables.ts'
import { createRandomGenerator } from '#core/random/randomGenerator.ts'

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

  it.each<[string, boolean, (step: number) => number]>([
    ['1/t', true, (step) => 2 / (step + 20)],
    ['a cosine to zero', true, (step) => 0.05 * (1 + Math.cos((Math.PI * step) / count)) + 1e-6],
    ['a cosine to a tenth', false, (step) => 0.055 + 0.045 * Math.cos((Math.PI * step) / count)],
    ['one that alternates', false, (step) => (step % 20 < 10 ? 0.1 : 0.05)],
    ['restarts', false, (step) => 0.05 * (1 + Math.cos((Math.PI * (step % 100)) / 100)) + 1e-4],
    ['one that rises', false, (step) => 0.001 + 0.0001 * step],
  ])('knows whether the rate has gone to zero at the end: %s', (_, isDecaying, rate) => {
    expect(findSegments(run(rates(rate)), range)).toMatchObject([{ isConstant: false, isDecaying }])
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

/** SGD on ½θ² with unit noise from far away. Its law at the rate η has E‖∇f‖² = η/(2 − η), so that it comes to rest only if η goes to zero. */
function farAway(rate: (step: number) => number): RunObservables {
  const [n, random] = [6000, createRandomGenerator(21)]
  const columns = { loss: new Float64Array(n), gap: new Float64Array(n), rate: new Float64Array(n) }
  let theta = 100
  for (let t = 0; t < n; t += 1) {
    columns.rate[t] = rate(t)
    columns.loss[t] = 0.5 * theta ** 2
    columns.gap[t] = theta ** 2
    theta -= rate(t) * (theta + random.normal())
  }
  return observablesFromColumns(columns, { loss: 'loss', gradient_norm_squared: 'gap', learning_rate: 'rate' })
}

describe('a run from far away under a rate that changes all the time', () => {
  it.each<[string, (step: number) => number]>([
    ['alternates', (step) => (step % 300 < 150 ? 0.1 : 0.05)],
    ['restarts', (step) => 0.05 * (1 + Math.cos((Math.PI * (step % 500)) / 500)) + 1e-4],
    ['rises', (step) => 0.01 + (0.19 * step) / 6000],
  ])('that %s has reached its plateau, and neither a stationary point nor descends', (_, rate) => {
    expect(diagnoseRun(farAway(rate)).verdict.id).toBe('not-enough-samples')
  })

  it('that falls to a tenth follows it, and comes to no stationary point', () => {
    const { verdict } = diagnoseRun(farAway((step) => 0.11 + 0.09 * Math.cos((Math.PI * step) / 6000)))
    expect(['still-descending', 'not-enough-samples']).toContain(verdict.id)
  })

  it('that goes to zero comes to a stationary point', () => {
    const { verdict } = diagnoseRun(farAway((step) => 0.05 * (1 + Math.cos((Math.PI * step) / 6000)) + 1e-6))
    expect(verdict).toMatchObject({ id: 'stationary-point' })
    expect(verdict.summary).toContain('as the learning rate decays')
  })
})
