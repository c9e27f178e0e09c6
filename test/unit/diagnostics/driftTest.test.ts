import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { driftTest } from '#core/diagnostics/checks/driftTest.ts'
import { createRandomGenerator } from '#core/random/randomGenerator.ts'

const margins = { absolute: 0, ofFluctuation: 1, significance: 0.01, minimumEffectiveSampleSize: 50 }

/** AR(1) with unit innovations plus a linear trend of `drift` over the series. */
function series(p: { n: number; phi: number; drift: number; seed: number }): Float64Array {
  const random = createRandomGenerator(p.seed)
  let state = 0
  return Float64Array.from({ length: p.n }, (_, t) => {
    state = p.phi * state + random.normal()
    return state + (p.drift * t) / p.n
  })
}

const findings = (phi: number, drift: number, n = 2000) =>
  Array.from({ length: 100 }, (_, seed) => driftTest(series({ n, phi, drift, seed: seed + 1 }), margins).finding)
const share = (list: string[], ...names: string[]) => list.filter((name) => names.includes(name)).length / list.length

describe('driftTest', () => {
  it.each([0, 0.5, 0.9])('rarely sees a drift that is not there (AR(1), φ = %d)', (phi) => {
    expect(share(findings(phi, 0), 'up', 'down')).toBeLessThanOrEqual(0.03)
  })

  it('rarely takes a short correlated series for a drift', () => {
    expect(share(findings(0.97, 0, 600), 'up', 'down')).toBeLessThanOrEqual(0.05)
  })

  it('establishes the absence of drift with enough samples', () => {
    expect(share(findings(0, 0), 'none')).toBeGreaterThan(0.98)
    expect(share(findings(0.9, 0, 8000), 'none')).toBeGreaterThan(0.95)
  })

  // 200, 79 and 30 effective samples or so: each has its own standard error.
  it.each([
    [0.8, 2000],
    [0.9, 1500],
    [0.97, 2000],
  ])('has an interval that agrees with its p, and covers no drift in 90 of 100 (AR(1), φ = %d, n = %i)', (phi, n) => {
    const tests = Array.from({ length: 200 }, (_, seed) =>
      driftTest(series({ n, phi, drift: 0, seed: seed + 1 }), margins),
    )
    const covers = ({ low, high }: (typeof tests)[number]) => low < 0 && high > 0
    expect(tests.filter((test) => covers(test) !== test.p > 0.1)).toEqual([])
    expect(tests.filter(covers).length).toBeGreaterThan(200 * (0.9 - 3 * Math.sqrt((0.9 * 0.1) / 200)))
    expect(tests.every(({ low, drift, high }) => low <= drift && drift <= high)).toBe(true)
  })

  it('sees a drift of several standard deviations, with its direction', () => {
    expect(share(findings(0.5, 8), 'up')).toBe(1)
    expect(share(findings(0.5, -8), 'down')).toBe(1)
  })

  it('finds no drift in a cycle whose batches differ by rounding only', () => {
    const cycle = Float64Array.from({ length: 480 }, (_, i) => (i % 2 === 0 ? 0.1 : 0.7) / 3)
    expect(driftTest(cycle, margins)).toMatchObject({ finding: 'none', drift: 0, low: 0, high: 0, p: 1 })
    const drifting = cycle.map((value, i) => value + 1e-6 * i)
    expect(driftTest(drifting, margins).drift).toBeCloseTo(480e-6, 8)
  })

  it('says nothing about a short series, and calls a constant one level', () => {
    expect(driftTest(Float64Array.of(1, 2, 3), margins).finding).toBe('unresolved')
    expect(driftTest(new Float64Array(100).fill(4), margins)).toMatchObject({ finding: 'none', drift: 0 })
  })

  it('does not depend on scale, shift and direction of time but for the sign', () => {
    const opposite = { none: 'none', up: 'down', down: 'up', unresolved: 'unresolved' } as const
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        fc.double({ min: -5, max: 5, noNaN: true }),
        (seed, scale, drift) => {
          const values = series({ n: 400, phi: 0.5, drift, seed })
          const { finding } = driftTest(values, margins)
          expect(
            driftTest(
              values.map((value) => scale * value - 3),
              margins,
            ).finding,
          ).toBe(finding)
          expect(driftTest(values.toReversed(), margins).finding).toBe(opposite[finding])
        },
      ),
      { numRuns: 40 },
    )
  })
})
