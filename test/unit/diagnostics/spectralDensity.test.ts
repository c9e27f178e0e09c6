import tQuantile from '@stdlib/stats-base-dists-t-quantile'
import { describe, expect, it } from 'vitest'
import { diagnoseRun } from '#core/diagnostics/diagnoseRun.ts'
import type {
  Hyperparameters,
  RunObservables,
  ScalarSeries,
  VectorSeries,
} from '#core/diagnostics/observables/observables.ts'
import { quadraticSgd } from '#calibration/simulations.ts'

const vector = (steps: number[], rows: number[][]): VectorSeries => ({
  steps: Float64Array.from(steps),
  dimension: rows[0]?.length ?? 0,
  values: Float64Array.from(rows.flat()),
})
const scalar = (steps: number[], values: number[]): ScalarSeries => ({
  steps: Float64Array.from(steps),
  values: Float64Array.from(values),
})

interface Spectrum {
  readonly steps: number[]
  readonly values: number[][]
  readonly weights: number[][]
  readonly trace?: readonly [number[], number[]]
}

/** Two starts of three nodes each, at the first and at a late step. */
const recorded: Spectrum = {
  steps: [0, 3000],
  values: [
    [0, 1, 2, 0, 1, 2],
    [-1, 0, 9, -1, 0, 9],
  ],
  weights: [
    [0.5, 0.25, 0.25, 0.5, 0.25, 0.25],
    [0.2, 0.7, 0.1, 0.3, 0.6, 0.1],
  ],
  trace: [
    [70, 80],
    [2, 3],
  ],
}

function diagnose(spectrum: Spectrum | null, config: Hyperparameters = { learningRate: 0.1, momentum: 0.9 }) {
  const run = quadraticSgd({ h: 1, eta: 0.1, sigma: 1, n: 6000, seed: 1 })
  const observables: RunObservables = {
    ...run,
    config: { ...run.config, ...config },
    scalars: {
      ...run.scalars,
      ...(spectrum?.trace && {
        hessian_trace: scalar(spectrum.steps, spectrum.trace[0]),
        hessian_trace_standard_error: scalar(spectrum.steps, spectrum.trace[1]),
      }),
    },
    vectors: {
      ...run.vectors,
      ...(spectrum && {
        ritz_values: vector(spectrum.steps, spectrum.values),
        ritz_weights: vector(spectrum.steps, spectrum.weights),
      }),
    },
  }
  const diagnosis = diagnoseRun(observables)
  const result = diagnosis.diagnostics.find(({ id }) => id === 'spectral-density')
  if (!result) throw new Error('no spectral density')
  const detail = (label: string) => result.details.find((each) => each.label === label)?.value
  return { diagnosis, result, detail }
}

describe('spectral density', () => {
  it('gives trace and share of eigenvalues below −σ of the latest probe with their intervals', () => {
    const { result, detail } = diagnose(recorded)
    expect(result).toMatchObject({ verdict: 'pass', estimate: 80, sampleSize: 2 })
    expect(result.high - 80).toBeCloseTo(3 * tQuantile(0.975, 1), 9)
    expect(80 - result.low).toBeCloseTo(3 * tQuantile(0.975, 1), 9)
    expect(detail('share of eigenvalues below −σ')).toBeCloseTo(0.25, 12)
    expect(detail('share of eigenvalues below −σ, low')).toBe(0)
    expect(detail('share of eigenvalues below −σ, high')).toBeCloseTo(0.25 + 0.05 * tQuantile(0.975, 1), 9)
    expect(detail('λmax of the starts')).toBe(9)
    expect(detail('λmin of the starts')).toBe(-1)
    expect(detail('stability threshold λ*')).toBeCloseTo(38, 9)
    expect(result.reason).toContain('step 3000')
  })

  it('draws the density of the latest and of the first probe, which integrate to 1, with its marks', () => {
    const [chart] = diagnose(recorded, { learningRate: 0.2, momentum: 0, weightDecay: 0.5 }).result.charts
    if (chart?.kind !== 'curve') throw new Error('no curve')
    expect(chart.isLogarithmicY).toBe(true)
    expect(chart.curves.map(({ label, isReference }) => [label, isReference])).toEqual([
      ['step 3000', false],
      ['step 0', true],
    ])
    for (const { x, y } of chart.curves) {
      const width = (x[1] ?? 0) - (x[0] ?? 0)
      expect(y.reduce((sum, value) => sum + (Number.isFinite(value) ? value * width : 0), 0)).toBeCloseTo(1, 3)
    }
    // 2/η less the weight decay.
    expect(chart.references).toEqual([
      { axis: 'x', at: 9, label: 'λmax' },
      { axis: 'x', at: 9.5, label: 'threshold of stability' },
    ])
  })

  it('leaves a far threshold out of the chart, and a first probe that is the latest', () => {
    const one: Spectrum = {
      steps: [3000],
      values: recorded.values.slice(1),
      weights: recorded.weights.slice(1),
    }
    const { result } = diagnose(one, { learningRate: 0.001 })
    const [chart] = result.charts
    expect(chart).toMatchObject({ curves: [{ label: 'step 3000' }], references: [{ label: 'λmax' }] })
    expect(result.estimate).toBeNaN()
    expect(result.reason).not.toContain('tr H')
  })

  it('is exact where its standard error is 0, and has no interval from one start', () => {
    const one = { steps: [3000], values: [[1, 2]], weights: [[0.5, 0.5]] }
    expect(diagnose({ ...one, trace: [[3], [0]] }).result).toMatchObject({ estimate: 3, low: 3, high: 3 })
    const unknown = diagnose({ ...one, trace: [[3], [Number.NaN]] }).result
    expect(unknown).toMatchObject({ verdict: 'pass', estimate: 3, low: Number.NaN })
    expect(unknown.summary).toBe(
      'No direction is curved downwards by more than the blur, as far as the starts can see.',
    )
  })

  it('takes nodes within the blur of zero for zero, whatever their sign', () => {
    const flat = { steps: [3000], values: [[-0.005, 0, 1]], weights: [[0.4, 0.5, 0.1]] }
    expect(diagnose(flat).detail('blur σ')).toBeCloseTo(0.01005, 12)
    expect(diagnose(flat).detail('share of eigenvalues below −σ')).toBe(0)
  })

  it.each([
    ['nothing recorded', null, 'no spectrum was recorded in this segment'],
    ['not finite', { steps: [3000], values: [[Number.NaN, 1]], weights: [[0.5, 0.5]] }, 'step 3000 is not finite'],
    ['weights that are none', { steps: [3000], values: [[1, 2]], weights: [[0.5, 0.1]] }, 'sum to 0.6'],
    ['another number of weights', { steps: [3000], values: [[1, 2]], weights: [[1]] }, '2 components'],
    ['a zero Hessian', { steps: [3000], values: [[0, 0]], weights: [[0.5, 0.5]] }, 'is zero'],
  ])('cannot say: %s', (_name, spectrum, reason) => {
    const { result } = diagnose(spectrum)
    expect(result).toMatchObject({ verdict: 'unknown', estimate: Number.NaN, charts: [] })
    expect(result.reason).toMatch(/^cannot say: /)
    expect(result.reason).toContain(reason)
  })

  it('does not change the verdict', () => {
    const { diagnosis } = diagnose(recorded)
    expect(diagnosis.verdict).toEqual(diagnose(null).diagnosis.verdict)
    expect(diagnosis.verdict.evidence.map(({ diagnosticId }) => diagnosticId)).not.toContain('spectral-density')
  })
})
