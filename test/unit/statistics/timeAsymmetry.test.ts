import { describe, expect, it } from 'vitest'
import { createRandomGenerator } from '#core/random/randomGenerator.ts'
import { batchMeansInterval } from '#core/statistics/batchMeans.ts'
import { variance } from '#core/statistics/moments.ts'
import { principalPlane } from '#core/statistics/principalPlane.ts'
import { tailIndexOfLaw } from '#core/statistics/tailIndex.ts'
import { asymmetryTerms, rotationTerms } from '#core/statistics/timeAsymmetry.ts'
import { readTrace } from './referenceTraces.ts'

/** AR(1) with φ, driven by `noise`, after a transient. */
function autoregressive(phi: number, n: number, noise: () => number): Float64Array {
  const values = new Float64Array(n)
  let x = 0
  for (let t = -500; t < n; t += 1) {
    x = phi * x + noise()
    if (t >= 0) values[t] = x
  }
  return values
}

/** The plane process x' = ρR(ω)x + noise: rotation, contraction, isotropic noise. */
function turning(rho: number, omega: number, n: number, seed: number): [Float64Array, Float64Array] {
  const random = createRandomGenerator(seed)
  const [xs, ys] = [new Float64Array(n), new Float64Array(n)]
  let [x, y] = [0, 0]
  for (let t = -500; t < n; t += 1) {
    const turned = rho * (Math.cos(omega) * x - Math.sin(omega) * y)
    y = rho * (Math.sin(omega) * x + Math.cos(omega) * y) + random.normal()
    x = turned + random.normal()
    if (t < 0) continue
    xs[t] = x
    ys[t] = y
  }
  return [xs, ys]
}

describe('third-order asymmetry', () => {
  it('is m₃(φ^ℓ − φ^{2ℓ})/σ³ for an AR(1) with exponential noise, within 4 standard errors', () => {
    const [phi, lag] = [0.8, 3]
    const random = createRandomGenerator(21)
    const values = autoregressive(phi, 60_000, () => -Math.log(1 - random.uniform()))
    // Exponential noise: second cumulant 1, third 2.
    const exact = ((2 / (1 - phi ** 3)) * (phi ** lag - phi ** (2 * lag))) / (1 / (1 - phi ** 2)) ** 1.5
    const { mean, standardError } = batchMeansInterval(asymmetryTerms(values, lag))
    expect(exact).toBeGreaterThan(10 * standardError)
    expect(Math.abs(mean - exact)).toBeLessThan(4 * standardError)
  })

  it('changes sign when time is reversed', () => {
    const random = createRandomGenerator(22)
    const values = autoregressive(0.7, 2000, () => random.uniform() ** 2)
    const sum = (terms: Float64Array) => terms.reduce((total, term) => total + term, 0)
    expect(sum(asymmetryTerms(values.toReversed(), 2))).toBeCloseTo(-sum(asymmetryTerms(values, 2)), 8)
  })
})

describe('rotation', () => {
  it('is 2ρ sin ω for a turning process, whatever the axes, within 4 standard errors', () => {
    const [rho, omega] = [0.95, 0.1]
    const [x, y] = turning(rho, omega, 40_000, 23)
    const mixed = [x, y, x.map((value, t) => 0.5 * value - 0.3 * (y[t] ?? 0))]
    const plane = principalPlane(mixed.slice(0, 2))
    if (!plane) throw new Error('no plane')
    const { mean, standardError } = batchMeansInterval(rotationTerms(...plane, 1))
    expect(Math.abs(Math.abs(mean) - 2 * rho * Math.sin(omega))).toBeLessThan(4 * standardError)
    expect(plane.map(variance)).toEqual([expect.closeTo(1, 9), expect.closeTo(1, 9)])
    expect(principalPlane(mixed)?.map(variance)).toEqual([expect.closeTo(1, 9), expect.closeTo(1, 9)])
  })

  it('has no plane when all components are one', () => {
    const [x] = turning(0.9, 0.1, 100, 24)
    expect(principalPlane([x, x.map((value) => 2 * value)])).toBeUndefined()
  })
})

describe('tail index of a law', () => {
  it.each([
    ['alpha_stable', 1.5],
    ['gaussian', 2],
  ] as const)('of the %s column of q12 is %d within 0.1', (column, exact) => {
    const index = tailIndexOfLaw(readTrace('q12_tails').column(column), createRandomGenerator(1))
    expect(Math.abs(index - exact)).toBeLessThan(0.1)
  })

  it('does not depend on scale and location', () => {
    const values = readTrace('q12_tails').column('alpha_stable')
    const moved = values.map((value) => 100 + 7 * value)
    expect(tailIndexOfLaw(moved, createRandomGenerator(1))).toBeCloseTo(
      tailIndexOfLaw(values, createRandomGenerator(1)),
      9,
    )
  })

  it('does not take correlation for a tail', () => {
    const random = createRandomGenerator(25)
    const values = autoregressive(0.95, 8000, random.normal)
    expect(Math.abs(tailIndexOfLaw(values, random) - 2)).toBeLessThan(0.1)
  })
})
