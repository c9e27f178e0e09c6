import { describe, expect, it } from 'vitest'
import { observablesFromColumns } from '#calibration/simulations.ts'
import { diagnoseRun } from '#core/diagnostics/diagnoseRun.ts'
import { equilibriumNorm4 } from '#core/diagnostics/normEquilibrium.ts'
import type { RunObservables } from '#core/diagnostics/observables.ts'
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
