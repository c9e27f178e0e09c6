import { logLogSlope } from '#core/series/logLogSlope.ts'
import { describe, expect, it } from 'vitest'

describe('logLogSlope', () => {
  it('finds the exponent of an exact power law without error', () => {
    const x = [1, 2, 4, 8, 16]
    const fit = logLogSlope(
      x,
      x.map((value) => 3 * value ** -1.5),
    )
    expect(fit?.slope).toBeCloseTo(-1.5, 12)
    expect(10 ** (fit?.intercept ?? NaN)).toBeCloseTo(3, 12)
    expect(fit?.standardError).toBeCloseTo(0, 10)
    expect(fit?.rSquared).toBeCloseTo(1, 12)
    expect(fit).toMatchObject({ pointCount: 5, from: 1, to: 16 })
  })

  it('agrees with a hand-computed fit with scatter', () => {
    // log10: x 0,1,2; y 0,1,1 -> slope 1/2, residual sum 1/6, s.e. sqrt(1/6/1/2), R² 3/4
    const fit = logLogSlope([1, 10, 100], [1, 10, 10])
    expect(fit?.slope).toBeCloseTo(0.5, 12)
    expect(fit?.standardError).toBeCloseTo(Math.sqrt(1 / 12), 12)
    expect(fit?.rSquared).toBeCloseTo(0.75, 12)
  })

  it('uses only the range asked for and only points that have a logarithm', () => {
    const fit = logLogSlope([0, 1, 10, 100, 1000], [5, 1, 0, 100, NaN], 1, 1000)
    expect(fit).toMatchObject({ pointCount: 2, from: 1, to: 100 })
    expect(fit?.slope).toBeCloseTo(1, 12)
    expect(fit?.standardError).toBeNaN()
  })

  it('is null where no line can be drawn', () => {
    expect(logLogSlope([], [])).toBeNull()
    expect(logLogSlope([5], [1])).toBeNull()
    expect(logLogSlope([5, 5], [1, 2])).toBeNull()
    expect(logLogSlope([1, 2], [-1, -2])).toBeNull()
  })
})
