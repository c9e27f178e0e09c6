import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ema } from '#core/series/ema.ts'
import { geometricEma } from '#core/series/geometricEma.ts'

/** Σ wⁱ·x / Σ wⁱ, literally. */
function weightedMean(values: number[], weight: number): number {
  const newestFirst = values.toReversed()
  const weightSum = newestFirst.reduce((sum, _value, i) => sum + weight ** i, 0)
  return newestFirst.reduce((sum, value, i) => sum + weight ** i * value, 0) / weightSum
}

describe('ema', () => {
  it('keeps a constant exactly constant', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (value, weight) => {
          // Equal as numbers: -0 may come back as 0.
          expect(ema(new Float64Array(50).fill(value), weight).every((average) => average === value)).toBe(true)
        },
      ),
    )
  })

  it('is the weighted mean of its definition', () => {
    const values = [3, -1, 4, 1, -5, 9, 2, 6]
    const averages = ema(values, 0.7)
    values.forEach((_value, i) => expect(averages[i]).toBeCloseTo(weightedMean(values.slice(0, i + 1), 0.7), 12))
  })

  it('gives the values themselves for weight 0', () => {
    expect([...ema([3, 1, 2], 0)]).toEqual([3, 1, 2])
  })

  it('starts anew at a restart', () => {
    expect([...ema([0, 0, 0, 8, 8], 0.9, [3])]).toEqual([0, 0, 0, 8, 8])
    expect([...ema([5, 1], 0.9, [0])][0]).toBe(5)
  })

  it('passes over what is not finite', () => {
    expect([...ema([NaN, 2, Infinity, NaN, 4], 0.5)]).toEqual([NaN, 2, 2, 2, 2 + 2 / 1.5])
  })

  it('is empty for nothing', () => {
    expect(ema([], 0.9)).toHaveLength(0)
  })
})

describe('geometricEma', () => {
  it('is the exponential of the average of the logarithms', () => {
    const values = [3, 1, 4, 1, 5, 9, 2, 6]
    const averages = geometricEma(values, 0.7)
    values.forEach((_value, i) =>
      expect(averages[i]).toBeCloseTo(
        Math.exp(
          weightedMean(
            values.slice(0, i + 1).map((value) => Math.log(value)),
            0.7,
          ),
        ),
        12,
      ),
    )
  })

  it('follows a fall by decades, where the average of the values stays behind', () => {
    const falling = Float64Array.from({ length: 400 }, (_, i) => 10 ** (-i / 50))
    const ratio = (averages: Float64Array) => (averages.at(-1) ?? NaN) / (falling.at(-1) ?? NaN)
    // Lags by w/(1 − w) = 9 points of a fiftieth decade each.
    expect(ratio(geometricEma(falling, 0.9))).toBeCloseTo(10 ** (9 / 50), 6)
    expect(ratio(ema(falling, 0.97))).toBeGreaterThan(100)
  })

  it('leaves out what has no logarithm, and begins anew', () => {
    expect([...geometricEma([4, -1, 0, NaN, 4], 0.5)]).toEqual(
      [4, 4, 4, 4, 4].map((value) => expect.closeTo(value, 12)),
    )
    expect([...geometricEma([-1, 8, 2], 0.5, [2])]).toEqual([NaN, expect.closeTo(8, 12), expect.closeTo(2, 12)])
  })
})
