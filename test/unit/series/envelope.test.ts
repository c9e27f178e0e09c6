import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { envelope } from '#core/series/envelope.ts'

const indices = (length: number): Float64Array => Float64Array.from({ length }, (_, i) => i)

describe('envelope', () => {
  it('keeps a spike', () => {
    const y = new Float64Array(10_000)
    y[7321] = 1e9
    const buckets = envelope(indices(10_000), y, 100)
    expect(Math.max(...buckets.max)).toBe(1e9)
    expect([...buckets.max].filter((value) => value > 0)).toHaveLength(1)
  })

  it('covers every point once, in order, with the extremes of its finite values', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }), fc.double()), {
          maxLength: 200,
        }),
        fc.integer({ min: 1, max: 20 }),
        fc.boolean(),
        (points, bucketCount, isLogarithmic) => {
          const sorted = points.toSorted((left, right) => left[0] - right[0])
          const y = sorted.map(([, value]) => value)
          const buckets = envelope(
            sorted.map(([x]) => x),
            y,
            bucketCount,
            isLogarithmic,
          )
          expect(buckets.min.length).toBeLessThanOrEqual(bucketCount)
          let next = 0
          buckets.firstIndices.forEach((first, bucket) => {
            expect(first).toBe(next)
            const last = buckets.lastIndices[bucket] ?? -1
            const finite = y.slice(first, last + 1).filter(Number.isFinite)
            expect((buckets.min[bucket] ?? NaN) + 0).toEqual(finite.length > 0 ? Math.min(...finite) + 0 : NaN)
            expect((buckets.max[bucket] ?? NaN) + 0).toEqual(finite.length > 0 ? Math.max(...finite) + 0 : NaN)
            next = last + 1
          })
          expect(next).toBe(points.length)
        },
      ),
    )
  })

  it('makes buckets of equal width in log x on a logarithmic axis', () => {
    const x = indices(1001).slice(1)
    const buckets = envelope(x, x, 3, true)
    expect([...buckets.lastIndices].map((index) => x[index])).toEqual([9, 99, 1000])
  })

  it('puts x ≤ 0 into the first bucket of a logarithmic axis', () => {
    const buckets = envelope([-1, 0, 1, 10, 100], [1, 2, 3, 4, 5], 2, true)
    expect([...buckets.lastIndices]).toEqual([2, 4])
  })

  it('gathers points at one position', () => {
    expect([...envelope([4, 4, 4], [1, NaN, 3], 10).mean]).toEqual([2])
  })

  it('keeps the order where x goes back', () => {
    expect([...envelope([0, 10, 5, 20], [1, 2, 3, 4], 4).lastIndices]).toEqual([0, 2, 3])
  })

  it('is empty for nothing', () => {
    expect(envelope([], [], 10).min).toHaveLength(0)
  })
})
