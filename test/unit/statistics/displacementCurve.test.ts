import { describe, expect, it } from 'vitest'
import { createRandomGenerator } from '#core/random/randomGenerator.ts'
import { displacementCurve, type DisplacementCurve } from '#core/statistics/displacementCurve.ts'
import { displacementExponent, meanSquaredDisplacement } from '#core/statistics/meanSquaredDisplacement.ts'

const count = 4000
const lags = [1, 2, 5, 10, 20, 50, 100, 120, 160, 200, 250, 300, 400]

/** K components x' = φx + drift + noise; for φ < 1 they start in their law. */
function components(p: { phi: number; drift?: number; noise?: 'driving' | 'added'; seed: number; size?: number }) {
  const random = createRandomGenerator(p.seed)
  return Array.from({ length: p.size ?? 4 }, () => {
    let x = p.phi < 1 ? random.normal() / Math.sqrt(1 - p.phi ** 2) : 0
    return Float64Array.from({ length: count }, () => {
      const noise = random.normal()
      x = p.phi * x + (p.drift ?? 0) + (p.noise === 'added' ? 0 : noise)
      return p.noise === 'added' ? x + noise : x
    })
  })
}

const curveOf = (values: Float64Array[]) => displacementCurve(values, lags, { longFrom: count / 40 })

/** Distance from an exact value in standard errors (t of 11 degrees of freedom at 95 %, of 4 beyond a lag of 1/24 of the rows), of the logarithm. */
function errorsAt({ values, high }: DisplacementCurve, exact: (lag: number) => number): number[] {
  return values.map((value, i) => {
    const lag = lags[i] ?? 0
    const quantile = lag <= count / 24 ? 2.201 : 2.776
    return (Math.abs(Math.log(value / exact(lag))) / Math.log((high[i] ?? 0) / value)) * quantile
  })
}

describe('displacement of several components', () => {
  it('is the sum of those of the components', () => {
    const parts = components({ phi: 0.9, seed: 1 })
    const sums = lags.map((_, i) => parts.reduce((sum, x) => sum + (meanSquaredDisplacement(x, 1, lags)[i] ?? 0), 0))
    curveOf(parts).values.forEach((value, i) => expect(value / (sums[i] ?? 0)).toBeCloseTo(1, 10))
  })

  it('has the slope of its own logarithm beside the mean exponent: that of the components that move most', () => {
    const parts = [
      ...components({ phi: 0, seed: 3 }),
      ...components({ phi: 1, drift: 1, noise: 'added', seed: 4, size: 1 }),
    ]
    const curve = curveOf(parts)
    const longLags = lags.filter((lag) => lag >= count / 40)
    const msd = longLags.map((lag) => parts.reduce((sum, x) => sum + (meanSquaredDisplacement(x, 1, [lag])[0] ?? 0), 0))
    expect(curve.slopeInUnits).toBeCloseTo(displacementExponent(longLags, msd), 9)
    // Four components at rest and one that drifts: a mean exponent of 2/5, but the square of the distance grows like ℓ².
    expect(curve.exponent).toBeCloseTo(0.4, 1)
    expect(curve.slopeInUnits).toBeCloseTo(2, 2)
  })

  it.each([0, 0.5, 0.9])('is 2V(1 − φ^ℓ) within four standard errors, φ = %d', (phi) => {
    const exact = (lag: number) => (8 * (1 - phi ** lag)) / (1 - phi ** 2)
    expect(Math.max(...errorsAt(curveOf(components({ phi, seed: 2 })), exact))).toBeLessThan(4)
  })

  it('of a random walk is 4ℓ, exponent 1, of drift 8 + 4(0.01ℓ)², within four standard errors', () => {
    const walk = curveOf(components({ phi: 1, seed: 7 }))
    expect(Math.max(...errorsAt(walk, (lag) => 4 * lag))).toBeLessThan(4)
    expect(walk.exponentLow).toBeLessThan(1)
    expect(walk.exponentHigh).toBeGreaterThan(1)
    expect(walk.exponentLow).toBeGreaterThan(0.3)
    const drift = curveOf(components({ phi: 1, drift: 0.01, noise: 'added', seed: 8 }))
    expect(Math.max(...errorsAt(drift, (lag) => 8 + 4 * (0.01 * lag) ** 2))).toBeLessThan(4)
  })

  it('of a law reaches its plateau 2 tr C with exponent 0 inside its interval', () => {
    const curve = curveOf(components({ phi: 0.5, seed: 9 }))
    expect((curve.values.at(-1) ?? 0) / curve.plateau).toBeCloseTo(1, 1)
    expect(curve.exponentLow).toBeLessThan(0)
    expect(curve.exponentHigh).toBeGreaterThan(0)
  })

  it('covers 2V at the longest lag, where blocks shorter than it would be too alike, at least 178 times in 200', () => {
    const hits = Array.from({ length: 200 }, (_, seed) => curveOf(components({ phi: 0, seed: 300 + seed, size: 1 })))
    const covers = hits.filter(({ low, high }) => (low.at(-1) ?? 9) <= 2 && 2 <= (high.at(-1) ?? 0))
    // Four standard errors below 95 %.
    expect(covers.length).toBeGreaterThanOrEqual(178)
  }, 60_000)

  it('covers the exponent 1 of random walks and 0 of noise at least 88 times in 100', () => {
    const covers = (phi: number, exact: number) =>
      Array.from({ length: 100 }, (_, seed) => curveOf(components({ phi, seed: 100 + seed, size: 2 }))).filter(
        ({ exponentLow, exponentHigh }) => exponentLow <= exact && exact <= exponentHigh,
      ).length
    expect(covers(1, 1)).toBeGreaterThanOrEqual(88)
    expect(covers(0, 0)).toBeGreaterThanOrEqual(88)
  }, 60_000)

  it('covers the exponent of walks and of slow laws in 64 components at least 88 times in 100', () => {
    // Four standard errors below 95 %, rounded up. The exact exponent is the slope of log(1 − φ^ℓ) on log ℓ over the lags from count/40 on.
    const slope = (phi: number) => {
      const long = lags.filter((lag) => lag >= count / 40)
      const x = long.map(Math.log)
      const y = long.map((lag) => Math.log(phi < 1 ? 1 - phi ** lag : lag))
      const middle = x.reduce((sum, value) => sum + value, 0) / x.length
      const product = x.reduce((sum, value, i) => sum + (value - middle) * (y[i] ?? Number.NaN), 0)
      return product / x.reduce((sum, value) => sum + (value - middle) ** 2, 0)
    }
    for (const relaxations of [0, 5, 20]) {
      const phi = 1 - relaxations / count
      const exact = slope(phi)
      expect(exact).toBeCloseTo({ 0: 1, 5: 0.86, 20: 0.53 }[relaxations] ?? Number.NaN, 1)
      const covers = Array.from({ length: 100 }, (_, seed) =>
        curveOf(components({ phi, seed: 600 + seed, size: 64 })),
      ).filter(({ exponentLow, exponentHigh }) => exponentLow <= exact && exact <= exponentHigh)
      expect(covers.length).toBeGreaterThanOrEqual(88)
    }
  }, 120_000)
})
