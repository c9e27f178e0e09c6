import { describe, expect, it } from 'vitest'
import { observablesFromColumns } from '#calibration/simulations.ts'
import { diagnoseRun } from '#core/diagnostics/diagnoseRun.ts'
import { equilibriumNorm4 } from '#core/diagnostics/checks/equilibrium/equilibriumNorm4.ts'
import type { RunObservables, ScalarSeries, WeightGroup } from '#core/diagnostics/observables/observables.ts'
import { findWeightGroups } from '#core/diagnostics/observables/weightGroups.ts'
import { createRandomGenerator } from '#core/random/randomGenerator.ts'

interface Sphere {
  readonly dimension: number
  readonly eta: number
  readonly decay: number
  readonly sigma: number
  readonly count: number
  readonly seed: number
  readonly start: number
}

/** Scale-invariant weights under pure noise (q8): g = σ/‖w‖ times a Gaussian orthogonal to w. */
function scaleInvariant(p: Sphere): RunObservables {
  const random = createRandomGenerator(p.seed)
  const names = ['w2', 'g2', 'w_dot_g', 'update2', 'w_dot_update'] as const
  const columns = Object.fromEntries(names.map((name) => [name, new Float64Array(p.count)]))
  const set = (name: (typeof names)[number], t: number, value: number) => columns[name]?.fill(value, t, t + 1)
  const w = Float64Array.from({ length: p.dimension }, () => p.start / Math.sqrt(p.dimension))
  const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0)
  for (let t = 0; t < p.count; t += 1) {
    const square = dot(w, w)
    const noise = w.map(() => random.normal())
    const along = dot(noise, w) / square
    const g = noise.map((value, i) => (p.sigma / Math.sqrt(square)) * (value - along * (w[i] ?? 0)))
    const fed = g.map((value, i) => value + p.decay * (w[i] ?? 0))
    const update = fed.map((value) => -p.eta * value)
    set('w2', t, square)
    set('g2', t, dot(fed, fed))
    set('w_dot_g', t, dot(w, fed))
    set('update2', t, dot(update, update))
    set('w_dot_update', t, dot(w, update))
    update.forEach((value, i) => w.fill((w[i] ?? 0) + value, i, i + 1))
  }
  return observablesFromColumns(
    columns,
    {
      weight_norm_squared: 'w2',
      stochastic_gradient_norm_squared: 'g2',
      weights_dot_gradient: 'w_dot_g',
      update_norm_squared: 'update2',
      weights_dot_update: 'w_dot_update',
    },
    { learningRate: p.eta, weightDecay: p.decay, momentum: 0 },
  )
}

function equilibriumOf(run: RunObservables) {
  const result = diagnoseRun(run).diagnostics.find(({ id }) => id === 'norm-equilibrium')
  if (!result) throw new Error('no norm equilibrium')
  const detail = (start: string) => result.details.find(({ label }) => label.startsWith(start))?.value ?? Number.NaN
  return { result, detail, standardError: (result.high - result.low) / 2 / 2.093 }
}

describe('scale-invariant weights under fresh noise', () => {
  const settings: Sphere = { dimension: 60, eta: 0.2, decay: 0.02, sigma: 0.7, count: 6000, seed: 5, start: 1 }
  const exact =
    (settings.eta ** 2 * settings.sigma ** 2 * (settings.dimension - 1)) /
    (1 - (1 - settings.eta * settings.decay) ** 2)

  it('have the predicted over the actual ‖w‖⁴ of one within four standard errors', () => {
    const { result, standardError } = equilibriumOf(scaleInvariant(settings))
    expect(result.verdict).toBe('pass')
    expect(Math.abs(result.estimate - 1)).toBeLessThan(4 * standardError)
    expect(standardError).toBeLessThan(0.02)
  })

  it('have the exact norm within two per cent, and the formula is exact', () => {
    const { detail } = equilibriumOf(scaleInvariant(settings))
    expect(Math.abs(detail('‖θ‖') / exact ** 0.25 - 1)).toBeLessThan(0.02)
    expect(
      equilibriumNorm4(
        { learningRate: settings.eta, weightDecay: settings.decay },
        settings.sigma ** 2 * (settings.dimension - 1),
      ),
    ).toBeCloseTo(exact, 9)
  })

  it('turn by √(2ηλ) in each step, as measured from the steps themselves', () => {
    const { detail } = equilibriumOf(scaleInvariant(settings))
    expect(
      Math.abs(detail('angle per step, measured') / Math.sqrt(2 * settings.eta * settings.decay) - 1),
    ).toBeLessThan(0.02)
    expect(detail('relaxation')).toBeCloseTo(1 / (4 * settings.eta * settings.decay), 9)
  })

  it('draw ‖w‖⁴ from the start of the segment towards its equilibrium', () => {
    const chart = equilibriumOf(scaleInvariant(settings)).result.charts[0]
    const [actual, predicted] = chart?.kind === 'curve' ? chart.curves : []
    expect(actual?.y[0]).toBeLessThan(0.8 * exact)
    expect(Math.abs((actual?.y.at(-1) ?? 0) / exact - 1)).toBeLessThan(0.2)
    expect(predicted?.isReference).toBe(true)
  })

  it('grow by 2η²σ²(d−1) in ‖w‖⁴ per step without decay, within four standard errors', () => {
    const { result, detail } = equilibriumOf(scaleInvariant({ ...settings, decay: 0, eta: 0.02, count: 8000 }))
    const growth = 2 * 0.02 ** 2 * settings.sigma ** 2 * (settings.dimension - 1)
    expect(result.verdict).toBe('warn')
    expect(result.reason).toContain('grows without limit')
    expect(Math.abs(detail('growth of ‖θ‖⁴ from the noise') / growth - 1)).toBeLessThan(0.02)
    const standardError = ((result.high - result.low) / 2 / 2.093) * growth
    expect(Math.abs(detail('growth of ‖θ‖⁴') - growth)).toBeLessThan(4 * standardError)
    expect(standardError).toBeLessThan(0.05 * growth)
  })
})

/** Every tenth step of a simulated run as a group; `cosine` is added between weights and gradient. */
function groupOf(name: string, run: RunObservables, decay: number, cosine = 0): WeightGroup {
  const {
    weight_norm_squared: weight,
    stochastic_gradient_norm_squared: fed,
    weights_dot_gradient: product,
  } = run.scalars
  if (!weight || !fed || !product) throw new Error('the run lacks norms')
  const every = ({ steps, values }: ScalarSeries, map: (value: number, i: number) => number): ScalarSeries => {
    const isKept = (_: number, i: number) => i % 10 === 0
    return { steps: steps.filter(isKept), values: values.map(map).filter(isKept) }
  }
  const squareAt = (i: number) => (fed.values[i] ?? 0) - decay ** 2 * (weight.values[i] ?? 0)
  return {
    name,
    series: {
      weight_norm: every(weight, Math.sqrt),
      gradient_norm: every(weight, (_, i) => Math.sqrt(squareAt(i))),
      weights_dot_gradient: every(
        product,
        (value, i) =>
          value - decay * (weight.values[i] ?? 0) + cosine * Math.sqrt((weight.values[i] ?? 0) * squareAt(i)),
      ),
      stochastic_gradient_norm_squared: every(fed, (_, i) => squareAt(i)),
    },
  }
}

const zeroed = ({ steps, values }: ScalarSeries): ScalarSeries => ({ steps, values: values.map(() => 0) })

describe('the norms of groups', () => {
  const rule = { eta: 0.2, decay: 0.02, count: 6000, start: 1.6 }
  const first = scaleInvariant({ ...rule, dimension: 60, sigma: 0.7, seed: 5 })
  const second = scaleInvariant({ ...rule, dimension: 30, sigma: 1.1, seed: 6 })
  const part = (run: RunObservables, name: string, cosine = 0) => groupOf(name, run, rule.decay, cosine)
  /** As a network whose readout is not normalised: all weights together have an angle to their gradient. */
  const mixed = (...weightGroups: WeightGroup[]): RunObservables => {
    const { weights_dot_gradient: product, weight_norm_squared: weight } = first.scalars
    if (!product || !weight) throw new Error('the run lacks norms')
    const values = product.values.map((value, i) => value + 0.3 * (weight.values[i] ?? 0))
    return { ...first, scalars: { ...first.scalars, weights_dot_gradient: { ...product, values } }, weightGroups }
  }

  it('are judged where the weights as a whole are not scale-invariant, the ones that are', () => {
    const { result, detail } = equilibriumOf(
      mixed(part(first, 'dense_1'), part(second, 'dense_2'), part(first, 'output', 0.2)),
    )
    expect(result.verdict).toBe('pass')
    expect(result.reason).toMatch(
      /dense_1 .*dense_2 .*; not judged: output \(the weights are not scale-invariant: cosine/,
    )
    for (const name of ['dense_1', 'dense_2'])
      expect(Math.abs(detail(`predicted over actual of ${name}`) - 1)).toBeLessThan(0.05)
    expect(detail('predicted over actual of output')).toBeNaN()
    expect(result.low).toBeLessThanOrEqual(result.estimate)
    expect(result.charts).toMatchObject([
      { kind: 'forest', sampleSize: 480, rows: [{ label: 'dense_1' }, { label: 'dense_2' }] },
    ])
  })

  it('name the one that is not in equilibrium, though the others are', () => {
    // Of other noise than its weights have settled with: four times ‖g‖² asks for four times ‖θ‖⁴.
    const settled = part(second, 'dense_2')
    const { steps, values } = settled.series.stochastic_gradient_norm_squared
    const louder = { steps, values: values.map((value) => 4 * value) }
    const moving = { ...settled, series: { ...settled.series, stochastic_gradient_norm_squared: louder } }
    const { result } = equilibriumOf(mixed(part(first, 'dense_1'), moving))
    expect(result.verdict).toBe('warn')
    expect(Math.abs(result.estimate / 4 - 1)).toBeLessThan(0.05)
    const whole = equilibriumOf({ ...first, weightGroups: [part(first, 'dense_1'), moving] }).result
    expect(whole.verdict).toBe('warn')
    expect(Math.abs(whole.estimate - 1)).toBeLessThan(0.05)
    expect(whole.summary).toContain('that of a layer is not')
  })

  it('say why there is no equilibrium when none of them is scale-invariant or long enough', () => {
    const short = part(second, 'dense_2')
    const cut = ({ steps, values }: ScalarSeries) => ({ steps: steps.subarray(0, 39), values: values.subarray(0, 39) })
    const series = { ...short.series, weight_norm: cut(short.series.weight_norm) }
    const { result } = equilibriumOf(mixed(part(first, 'output', 0.2), { ...short, series }))
    expect(result.verdict).toBe('unknown')
    expect(result.reason).toContain('not scale-invariant')
    const dead = { ...short.series, gradient_norm: zeroed(short.series.gradient_norm) }
    const others = equilibriumOf(
      mixed(part(first, 'dense_1'), { name: 'short', series }, { name: 'dead', series: dead }),
    ).result.reason
    expect(others).toMatch(/short \(\d\d? common steps of these series, 40 are needed\)/)
    expect(others).toContain('dead (weights or gradients of norm zero have no angle)')
  })

  it('grow as the noise says without decay', () => {
    const noise = { ...rule, decay: 0, eta: 0.02, count: 20_000 }
    const free = [9, 10].map((seed) => scaleInvariant({ ...noise, dimension: 60, sigma: 0.7, seed }))
    const { result, detail, standardError } = equilibriumOf({
      ...mixed(...free.map((run, i) => groupOf(`dense_${i + 1}`, run, 0))),
      config: { learningRate: 0.02, weightDecay: 0, momentum: 0 },
    })
    expect(result.verdict).toBe('warn')
    expect(result.symbol).toContain('growth')
    expect(detail('predicted over actual')).toBeNaN()
    expect(Math.abs(detail('measured over predicted growth of dense_1') - 1)).toBeLessThan(0.05)
    expect(result.charts).toMatchObject([{ kind: 'forest', marginLow: Number.NaN, marginHigh: Number.NaN }])
    expect(Math.abs(result.estimate - 1)).toBeLessThan(4 * standardError)
    expect(standardError).toBeLessThan(0.05)
  })

  it('are found by the names of their metrics, when all four were recorded', () => {
    const series = { steps: Float64Array.of(0), values: Float64Array.of(1) }
    const roles = ['weight_norm', 'gradient_norm', 'weights_dot_gradient', 'stochastic_gradient_norm_squared']
    const names = ['a/b', 'c'].flatMap((layer) => roles.map((role) => `probe/layer/${layer}/${role}`))
    expect(findWeightGroups(['train/loss', ...names.slice(0, 7)], () => series).map(({ name }) => name)).toEqual([
      'a/b',
    ])
    expect(findWeightGroups(names, () => null)).toEqual([])
  })
})
