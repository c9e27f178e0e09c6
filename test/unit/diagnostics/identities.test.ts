import { describe, expect, it } from 'vitest'
import { diagnoseRun } from '#core/diagnostics/diagnoseRun.ts'
import type { RunObservables, ScalarRole } from '#core/diagnostics/observables/observables.ts'
import { sharpnessThreshold } from '#core/diagnostics/checks/curvature/sharpnessThreshold.ts'
import { conservativeAutocorrelationTime } from '#core/statistics/autocorrelationTime.ts'
import { batchMeansInterval } from '#core/statistics/batchMeans.ts'
import { displacementExponent, meanSquaredDisplacement } from '#core/statistics/meanSquaredDisplacement.ts'
import { doubleWell, heavyBallQuadratic, quadraticSgd, wandering } from '#calibration/simulations.ts'

function scalar(run: RunObservables, role: ScalarRole): Float64Array {
  const series = run.scalars[role]
  if (!series) throw new Error(`no ${role}`)
  return series.values
}

function weights(run: RunObservables): Float64Array {
  if (!run.vectors.weights) throw new Error('no weights')
  return run.vectors.weights.values
}

/** Distance of the mean from the exact value, in standard errors (20 batch means). */
function standardErrorsAt(values: Float64Array, exact: number): number {
  const { mean: estimate, standardError } = batchMeansInterval(values)
  return Math.abs(estimate - exact) / standardError
}

describe('SGD on a quadratic (q1)', () => {
  const [h, eta, sigma] = [1.3, 0.17, 0.8]
  const run = quadraticSgd({ h, eta, sigma, n: 40_000, seed: 11 })
  const theta = weights(run)
  const exactVariance = (eta * sigma ** 2) / (h * (2 - eta * h))
  const phi = 1 - eta * h

  it('has the stationary variance, loss and gap', () => {
    expect(
      standardErrorsAt(
        theta.map((x) => x * x),
        exactVariance,
      ),
    ).toBeLessThan(4)
    expect(standardErrorsAt(scalar(run, 'loss'), 0.5 * h * exactVariance)).toBeLessThan(4)
    const gap = diagnoseRun(run).diagnostics.find(({ id }) => id === 'stationarity-gap')
    expect(Math.abs((gap?.estimate ?? Number.NaN) - h * h * exactVariance)).toBeLessThan(
      ((gap?.high ?? 0) - (gap?.low ?? 0)) * 0.96,
    )
  })

  it('balances descent and diffusion: −ηG² + ½η²h E g² = 0', () => {
    const g = run.vectors.stochastic_gradient?.values ?? new Float64Array()
    const net = theta.map((x, t) => -eta * (h * x) ** 2 + 0.5 * eta ** 2 * h * (g[t] ?? Number.NaN) ** 2)
    expect(standardErrorsAt(net, 0)).toBeLessThan(4)
  })

  it('has τ = (1+φ)/(1−φ) within its sampling error', () => {
    const exact = (1 + phi) / (1 - phi)
    expect(Math.abs(conservativeAutocorrelationTime(theta) - exact)).toBeLessThan(4 * exact * Math.sqrt(2 / 19))
  })

  it('has MSD(ℓ) = 2V(1−φ^ℓ) within 10 %', () => {
    const lags = [1, 3, 10, 30]
    meanSquaredDisplacement(theta, 1, lags).forEach((value, i) => {
      const exact = 2 * exactVariance * (1 - phi ** (lags[i] ?? 0))
      expect(Math.abs(value / exact - 1)).toBeLessThan(0.1)
    })
  })
})

describe('heavy ball on a quadratic (q2)', () => {
  const [h, eta, mu] = [[0.5, 2, 8], 0.04, 0.85]
  const run = heavyBallQuadratic({ h, eta, mu, n: 40_000, seed: 12 })
  const exactVariance = (hi: number) => (eta * (1 + mu)) / (hi * (1 - mu) * (2 * (1 + mu) - eta * hi))
  const sum = (term: (hi: number) => number) => h.reduce((total, hi) => total + term(hi), 0)
  const gap = sum((hi) => hi ** 2 * exactVariance(hi))
  const hessianForm = sum((hi) => hi ** 3 * exactVariance(hi))

  it('has the stationary gap, buffer and loss', () => {
    expect(standardErrorsAt(scalar(run, 'gradient_norm_squared'), gap)).toBeLessThan(4)
    expect(
      standardErrorsAt(
        scalar(run, 'buffer_norm_squared'),
        sum((hi) => (2 * hi * exactVariance(hi)) / (eta * (1 + mu))),
      ),
    ).toBeLessThan(4)
    expect(standardErrorsAt(scalar(run, 'loss'), 0.5 * sum((hi) => hi * exactVariance(hi)))).toBeLessThan(4)
  })

  it('has both sides of the fluctuation-dissipation relation', () => {
    const relation = diagnoseRun(run).diagnostics.find(({ id }) => id === 'fluctuation-dissipation')
    expect(relation?.estimate).toBeCloseTo(1, 1)
    expect(
      standardErrorsAt(
        scalar(run, 'weights_dot_gradient'),
        sum((hi) => hi * exactVariance(hi)),
      ),
    ).toBeLessThan(4)
  })

  it('is balanced with the momentum correction and far from it without', () => {
    const steps = Float64Array.from({ length: 400 }, (_, i) => i)
    const gradientForm = steps.map(() => hessianForm)
    const probes = (values: Float64Array) => ({ steps, values })
    const balance = diagnoseRun({
      ...run,
      scalars: {
        gradient_norm_squared: probes(steps.map((_, i) => gap * (1 + 0.01 * Math.sin(1.7 * i)))),
        gradient_hessian_form: probes(gradientForm),
        stochastic_gradient_hessian_form: probes(gradientForm.map((form) => form + sum((hi) => hi))),
      },
      vectors: {},
    }).diagnostics.find(({ id }) => id === 'balance')
    const naive = balance?.details.find(({ label }) => label.startsWith('effective-rate'))
    expect(Math.abs(balance?.estimate ?? Number.NaN)).toBeLessThan(0.01 * gap)
    expect(balance?.verdict).toBe('pass')
    expect(naive?.value).toBeCloseTo((0.5 * eta * hessianForm * (1 - (1 - mu) / (1 + mu))) / (1 - mu), 0)
    expect(naive?.value ?? 0).toBeGreaterThan(0.2 * gap)
  })
})

describe('limit cycle (q6)', () => {
  it.each([1.05, 1.15, 1.2])('has the closed-form atoms and gradient norm at η = %d', (eta) => {
    const run = doubleWell({ eta, sigma: 0, n: 2000, start: 0.9, seed: 1 })
    const theta = weights(run).subarray(-2)
    const upper = (Math.sqrt(1 + 3 / eta) + Math.sqrt(1 - 1 / eta)) / 2
    const lower = (Math.sqrt(1 + 3 / eta) - Math.sqrt(1 - 1 / eta)) / 2
    expect(Math.max(...theta)).toBeCloseTo(upper, 9)
    expect(Math.min(...theta)).toBeCloseTo(lower, 9)
    const gap = diagnoseRun(run).diagnostics.find(({ id }) => id === 'stationarity-gap')
    expect(gap?.estimate).toBeCloseTo((1 - 1 / eta) / eta ** 2, 6)
  })
})

describe('displacement (q9)', () => {
  it('has exponent 1 for a random walk', () => {
    const values = weights(wandering({ kind: 'walk', drift: 0, n: 8000, seed: 5 }))
    const lags = [1, 2, 4, 8, 16, 32]
    const msd = meanSquaredDisplacement(values, 4, lags)
    expect(displacementExponent(lags, msd)).toBeCloseTo(1, 1)
    expect((msd[0] ?? Number.NaN) / 4).toBeCloseTo(1, 1)
  })

  it('has 2σ²K + K(drift·ℓ)² for drift with noise', () => {
    const values = weights(wandering({ kind: 'drift', drift: 0.01, n: 8000, seed: 6 }))
    const [far = Number.NaN] = meanSquaredDisplacement(values, 4, [200])
    expect(Math.abs(far / (8 + 4 * (0.01 * 200) ** 2) - 1)).toBeLessThan(0.05)
  })
})

describe('stability thresholds', () => {
  it('are 2, 2(1+μ) and 2(1+μ)/(1+2μ) in units of 1/η', () => {
    expect(sharpnessThreshold({ learningRate: 1 })).toBe(2)
    expect(sharpnessThreshold({ learningRate: 1, momentum: 0.9 })).toBeCloseTo(3.8, 12)
    expect(sharpnessThreshold({ learningRate: 1, momentum: 0.9, nesterov: true })).toBeCloseTo(1.357142857, 8)
    expect(sharpnessThreshold({ learningRate: 1, momentum: 0.9, dampening: 0.5 })).toBeCloseTo(7.6, 12)
    expect(sharpnessThreshold({ learningRate: 1, momentum: 0, dampening: 0.5 })).toBe(2)
    expect(sharpnessThreshold({})).toBeNaN()
  })
})
