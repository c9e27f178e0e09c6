import { commonGrid } from '#core/series/commonGrid.ts'
import { interpolate } from '#core/series/interpolate.ts'
import { nearestIndex } from '#core/series/nearestIndex.ts'
import { quantileBands } from '#core/series/quantileBands.ts'
import { describe, expect, it } from 'vitest'

describe('quantileBands', () => {
  it('gives type 7 quantiles at each position', () => {
    const members = [4, 1, 3, 2].map((level) => ({ x: [0, 1], y: [level, level * 10] }))
    const bands = quantileBands(members, [0, 0.5, 1])
    expect(bands.curves.map((curve) => [...curve])).toEqual([
      [1, 10],
      [2.5, 25],
      [4, 40],
    ])
  })

  it('ignores what is not finite', () => {
    const bands = quantileBands(
      [
        { x: [0], y: [NaN] },
        { x: [0], y: [7] },
      ],
      [0.5],
    )
    expect([...(bands.curves[0] ?? [])]).toEqual([7])
  })
})

describe('interpolate', () => {
  it('does not extrapolate and keeps gaps', () => {
    expect([...interpolate([1, 2, 3], [1, NaN, 3], [0, 1, 1.5, 3, 4])]).toEqual([NaN, 1, NaN, 3, NaN])
  })
})

describe('commonGrid', () => {
  it('is the sorted union without repetitions', () => {
    expect([
      ...commonGrid(
        [
          [0, 2],
          [1, 2, NaN],
        ],
        10,
      ),
    ]).toEqual([0, 1, 2])
  })
})

describe('nearestIndex', () => {
  it('finds the nearest position, the lower on a tie', () => {
    expect([-5, 0.4, 1.5, 9].map((target) => nearestIndex([0, 1, 2], target))).toEqual([0, 0, 1, 2])
    expect(nearestIndex([], 1)).toBe(-1)
    expect(nearestIndex([1], NaN)).toBe(-1)
  })
})
