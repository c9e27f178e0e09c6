import { describe, expect, it } from 'vitest'
import { doubleWell, heavyBallQuadratic, observablesFromColumns, quadraticSgd } from '#calibration/simulations.ts'
import { diagnoseRun } from '#core/diagnostics/diagnoseRun.ts'
import { distanceCharts } from '#core/diagnostics/checks/windows/distanceCharts.ts'
import type { DiagnosticId, DiagnosticResult } from '#core/diagnostics/results/diagnosticResult.ts'
import { defaultMargins } from '#core/diagnostics/results/margins.ts'
import { observableDistances } from '#core/diagnostics/checks/windows/observableDistances.ts'
import type { RunObservables } from '#core/diagnostics/observables/observables.ts'
import { createSegmentContext } from '#core/diagnostics/checks/segmentContext.ts'
import { createRandomGenerator } from '#core/random/randomGenerator.ts'
import { medianPairDistance } from '#core/statistics/distances.ts'
import { windowMeanChange } from '#core/statistics/windowMeanChange.ts'

function result(run: RunObservables, id: DiagnosticId): DiagnosticResult {
  const found = diagnoseRun(run).diagnostics.find((candidate) => candidate.id === id)
  if (!found) throw new Error(`no ${id}`)
  return found
}

const detail = ({ details }: DiagnosticResult, label: string) =>
  details.find((candidate) => candidate.label === label)?.value ?? Number.NaN

/** Columns of white noise. */
function noise(names: readonly string[], n = 5000): Record<string, Float64Array> {
  const random = createRandomGenerator(17)
  return Object.fromEntries(names.map((name) => [name, Float64Array.from({ length: n }, () => random.normal())]))
}

const names = ['loss', 'a', 'b', 'c']
const still = observablesFromColumns(noise(names), { loss: 'loss', weights: ['a', 'b', 'c'] })

describe('distances of the halves', () => {
  it('are near those of odd and even blocks under one law', () => {
    const windows = result(still, 'window-distance')
    for (const distance of ['KS', 'W₁', 'W₂', 'energy distance'])
      expect(
        detail(windows, `${distance} of halves, loss`) / detail(windows, `${distance} of odd and even blocks, loss`),
      ).toBeLessThan(2.5)
    expect(Math.abs(detail(windows, 'MMD² of halves, weights'))).toBeLessThan(0.01)
  })

  it('are those of a shift: W₁, W₂ and sliced W₂ are its size, far above odd and even blocks', () => {
    const range = { from: 0, to: 4999, hyperparameters: {}, isConstant: true }
    const context = createSegmentContext(still, range, defaultMargins, 1)
    const shift = (values: Float64Array) => values.map((value, i) => value + (i < values.length >> 1 ? 0 : 2))
    const shifted = {
      ...context,
      scalars: context.scalars.map((scalar) => ({ ...scalar, values: shift(scalar.values) })),
      vectors: context.vectors.map((vector) => ({ ...vector, components: vector.components.map(shift) })),
    }
    const distances = observableDistances(shifted)
    const found = (observable: string, distance: string) => {
      const one = distances.find((each) => each.observable === observable && each.distance === distance)
      if (!one) throw new Error(`no ${distance} of ${observable}`)
      return one
    }
    expect(found('loss', 'W₁').halves).toBeCloseTo(2, 0)
    expect(found('loss', 'W₂').halves).toBeCloseTo(2, 0)
    expect(found('weights', 'sliced W₂').halves).toBeCloseTo(2, 0)
    // sup |Φ(x) − Φ(x − 2)| = 2Φ(1) − 1
    expect(found('loss', 'KS').halves).toBeCloseTo(0.683, 1)
    expect(found('loss', 'W₁').within).toBeLessThan(0.3)
    expect(found('weights', 'MMD²').halves).toBeGreaterThan(0.1)
    const forest = distanceCharts(shifted, distances).find(({ kind }) => kind === 'forest')
    if (forest?.kind !== 'forest') throw new Error('no forest')
    expect(forest.rows.map(({ label }) => label)).toContain('weights, sliced W₂')
    expect(Math.min(...forest.rows.map(({ estimate }) => estimate))).toBeGreaterThan(3)
  })

  it('stand beside the distributions of every judged observable by window', () => {
    const heavy = result(
      heavyBallQuadratic({ h: [0.5, 2, 8], eta: 0.04, mu: 0.85, n: 6000, seed: 2 }),
      'window-distance',
    )
    const titles = heavy.charts.flatMap((chart) => (chart.kind === 'window-quantiles' ? [chart.title] : []))
    expect(titles).toEqual([
      '‖∇f‖² by window',
      '‖θ‖² by window',
      expect.stringMatching(/^weights \d by window, the component that differs most$/),
    ])
    const windows = heavy.charts.flatMap((chart) => (chart.kind === 'window-quantiles' ? chart.windows : []))
    expect(windows).toHaveLength(30)
    expect(windows.filter(({ from, to, p5, median, p95 }) => !(from < to && p5 < median && median < p95))).toEqual([])
  })

  it('have no number where there are too few blocks or nothing varies', () => {
    const short = result(observablesFromColumns(noise(['loss'], 60), { loss: 'loss' }), 'window-distance')
    expect(detail(short, 'W₁ of halves, loss')).toBeGreaterThan(0)
    const constant = observablesFromColumns({ loss: new Float64Array(400).fill(1) }, { loss: 'loss' })
    expect(result(constant, 'window-distance').details.filter(({ value }) => Number.isFinite(value))).toEqual([])
  })
})

describe('the median distance of pairs', () => {
  it('is exact for three points', () => {
    expect(medianPairDistance({ dimension: 2, values: Float64Array.of(0, 0, 3, 4, 0, 1) })).toBeCloseTo(
      Math.hypot(3, 3),
      12,
    )
    expect(medianPairDistance({ dimension: 1, values: Float64Array.of(1) })).toBeNaN()
  })
})

describe('the change of window means', () => {
  it('holds zero in 90 to 99 % of 400 series of one law at nominal 95 %, and finds a step', () => {
    const random = createRandomGenerator(12)
    let holds = 0
    for (let repetition = 0; repetition < 400; repetition += 1) {
      let x = 0
      const values = Float64Array.from({ length: 2000 }, () => (x = 0.7 * x + random.normal()))
      if (windowMeanChange(values).low === 0) holds += 1
    }
    expect(holds / 400).toBeGreaterThan(0.9)
    expect(holds / 400).toBeLessThan(0.99)
    const step = windowMeanChange(
      Float64Array.from({ length: 2000 }, (_, t) => (t < 1000 ? 0 : 1) + 0.1 * random.normal()),
    )
    expect(step.mean).toBeCloseTo(1 / 0.51, 1)
    expect(step.low).toBeGreaterThan(1.8)
  })

  it('is invariant to shift and scale', () => {
    const random = createRandomGenerator(13)
    const values = Float64Array.from({ length: 1000 }, () => random.normal())
    const changed = windowMeanChange(values.map((value) => 5 - 3 * value))
    expect(changed.mean).toBeCloseTo(windowMeanChange(values).mean, 10)
    expect(windowMeanChange(values.subarray(0, 20)).mean).toBeNaN()
  })
})

describe('the bound of the theorem', () => {
  it('is met by every function of its library, for a settled run and a cycle', () => {
    for (const each of [
      quadraticSgd({ h: 1, eta: 0.1, sigma: 1, n: 4000, seed: 3 }),
      doubleWell({ eta: 1.1, sigma: 0, n: 400, start: 0.9, seed: 1 }),
    ]) {
      const bound = result(each, 'theorem-bound')
      const levels = bound.details.filter(({ unit }) => unit === 'of the range per step')
      expect(levels.map(({ label }) => label)).toEqual(
        expect.arrayContaining(['loss', 'loss, cut above its median', 'tanh of weights 1', 'sin of weights 1']),
      )
      levels.forEach(({ value }) => expect(value).toBeLessThanOrEqual(bound.threshold * (1 + 1e-9)))
    }
  })

  it('stands beside the change of window means, which sees a drift that the bound does not', () => {
    const random = createRandomGenerator(7)
    const loss = Float64Array.from({ length: 4000 }, (_, t) => 3 - t / 2000 + random.normal())
    const bound = result(observablesFromColumns({ loss }, { loss: 'loss' }), 'theorem-bound')
    expect(bound.estimate).toBeLessThanOrEqual(bound.threshold)
    expect(detail(bound, 'largest change of window means, loss, low')).toBeGreaterThan(0)
    expect(bound.charts.map(({ kind }) => kind)).toEqual(['forest'])
  })
})
