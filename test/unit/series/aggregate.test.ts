import { aggregate } from '#core/series/aggregate.ts'
import { describe, expect, it } from 'vitest'

const student = (degreesOfFreedom: number): number => (degreesOfFreedom === 1 ? 12.706 : 4.303)

describe('aggregate', () => {
  it('gives mean, extremes and the t interval at common positions', () => {
    const x = [0, 10, 20]
    const summary = aggregate(
      [
        { x, y: [1, 2, 3] },
        { x, y: [3, 2, 5] },
        { x, y: [2, 2, 7] },
      ],
      student,
    )
    expect([...summary.x]).toEqual(x)
    expect([...summary.mean]).toEqual([2, 2, 5])
    expect([...summary.minimum]).toEqual([1, 2, 3])
    expect([...summary.maximum]).toEqual([3, 2, 7])
    expect([...summary.counts]).toEqual([3, 3, 3])
    expect(summary.intervalHigh[2]).toBeCloseTo(5 + (4.303 * 2) / Math.sqrt(3), 12)
    expect(summary.intervalLow[1]).toBe(2)
  })

  it('interpolates between recorded positions and never beyond a member’s range', () => {
    const summary = aggregate(
      [
        { x: [0, 10], y: [0, 10] },
        { x: [5, 20], y: [5, 20] },
      ],
      student,
    )
    expect([...summary.x]).toEqual([0, 5, 10, 20])
    expect([...summary.counts]).toEqual([1, 2, 2, 1])
    expect([...summary.mean]).toEqual([0, 5, 10, 20])
    expect(summary.intervalLow[0]).toBeNaN()
  })

  it('leaves non-finite values out and says how many members are left', () => {
    const summary = aggregate(
      [
        { x: [0, 1], y: [1, NaN] },
        { x: [0, 1], y: [3, 4] },
      ],
      student,
    )
    expect([...summary.counts]).toEqual([2, 1])
    expect([...summary.mean]).toEqual([2, 4])
  })

  it('takes the extremes from the members’ own envelopes', () => {
    const summary = aggregate(
      [
        { x: [0], y: [5], low: [1], high: [9] },
        { x: [0], y: [6], low: [4], high: [7] },
      ],
      student,
    )
    expect([summary.minimum[0], summary.mean[0], summary.maximum[0]]).toEqual([1, 5.5, 9])
  })

  it('is empty for nothing and thins long grids while keeping both ends', () => {
    expect(aggregate([], student).x).toHaveLength(0)
    const x = Float64Array.from({ length: 5000 }, (_, i) => i)
    const thinned = aggregate([{ x, y: x }], student, 101)
    expect(thinned.x).toHaveLength(101)
    expect([thinned.x[0], thinned.x[100]]).toEqual([0, 4999])
  })
})
