import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ema } from '#core/series/ema.ts'

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
