import { describe, expect, it } from 'vitest'
import { autoregression } from '#calibration/nullSeries.ts'
import { createRandomGenerator } from '#core/random/randomGenerator.ts'
import { autocorrelation } from '#core/statistics/autocovariance.ts'
import { fitAutoregression, simulateAutoregression } from '#core/statistics/autoregressiveModel.ts'
import { binomialInterval } from '#core/statistics/binomialInterval.ts'
import { variance } from '#core/statistics/moments.ts'

const n = 20_000
const standardError = 1 / Math.sqrt(n)

/** AR(2) with complex roots: what momentum does. */
function oscillation(seed: number): Float64Array {
  const random = createRandomGenerator(seed)
  let [last, before] = [0, 0]
  return Float64Array.from({ length: n }, () => {
    const value = 1.6 * last - 0.9 * before + random.normal()
    before = last
    last = value
    return value
  })
}

describe('fitAutoregression', () => {
  it.each([0.3, -0.6, 0.9])('finds the coefficient of an AR(1), φ = %d', (phi) => {
    const { coefficients } = fitAutoregression(autoregression(n, phi, createRandomGenerator(3)), 1)
    expect(Math.abs((coefficients[0] ?? Number.NaN) - phi)).toBeLessThan(5 * standardError)
  })

  it('finds both coefficients of an oscillation, and innovations of unit variance', () => {
    const { coefficients, innovations } = fitAutoregression(oscillation(5), 2)
    expect(Math.abs((coefficients[0] ?? Number.NaN) - 1.6)).toBeLessThan(0.02)
    expect(Math.abs((coefficients[1] ?? Number.NaN) + 0.9)).toBeLessThan(0.02)
    expect(variance(innovations)).toBeCloseTo(1, 1)
  })

  it('has an order near that of the series, and none for a constant', () => {
    expect(fitAutoregression(oscillation(6), 10).coefficients.length).toBeGreaterThanOrEqual(2)
    expect(fitAutoregression(new Float64Array(100).fill(3), 10).coefficients).toHaveLength(0)
  })
})

describe('simulateAutoregression', () => {
  it('has the variance and the autocorrelation of the series it was fitted to', () => {
    const series = oscillation(7)
    const model = fitAutoregression(series, 10)
    const simulated = simulateAutoregression(model, { n, burnIn: 500 }, createRandomGenerator(8))
    expect(simulated).toHaveLength(n)
    expect(Math.abs(variance(simulated) / variance(series) - 1)).toBeLessThan(0.15)
    const [wanted, found] = [autocorrelation(series, 8), autocorrelation(simulated, 8)]
    found.forEach((rho, lag) => expect(Math.abs(rho - (wanted[lag] ?? Number.NaN))).toBeLessThan(0.05))
  })
})

describe('binomialInterval', () => {
  it('is Wilson’s: the ends are the probabilities at which the observed share is z standard deviations away', () => {
    const [count, total, z] = [13, 200, 1.959963984540054]
    const { low, high } = binomialInterval(count, total)
    for (const end of [low, high])
      expect(Math.abs(count / total - end) / Math.sqrt((end * (1 - end)) / total)).toBeCloseTo(z, 9)
  })

  it('keeps inside [0, 1] and is NaN for nothing', () => {
    expect(binomialInterval(0, 50).low).toBe(0)
    expect(binomialInterval(50, 50).high).toBe(1)
    expect(binomialInterval(0, 0).low).toBeNaN()
  })
})
