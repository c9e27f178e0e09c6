import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { commonRows } from '#core/series/commonRows.ts'

const rows = (...steps: number[][]) => commonRows(steps.map((list) => Float64Array.from(list))).map((list) => [...list])

describe('commonRows', () => {
  it('gives every row of series with the same steps', () => {
    expect(rows([0, 5, 7], [0, 5, 7])).toEqual([
      [0, 1, 2],
      [0, 1, 2],
    ])
  })

  it('finds the steps that all have, whatever lies between, before and after', () => {
    expect(rows([1, 2, 4, 8, 9], [0, 2, 3, 4, 9, 12], [2, 9])).toEqual([
      [1, 4],
      [1, 4],
      [0, 1],
    ])
  })

  it('is empty without a common step, and for no series', () => {
    expect(rows([1, 2], [3])).toEqual([[], []])
    expect(rows([1, 2], [])).toEqual([[], []])
    expect(rows()).toEqual([])
  })

  it('agrees with looking every step up', () => {
    const steps = fc.uniqueArray(fc.integer({ min: 0, max: 40 })).map((list) => list.toSorted((a, b) => a - b))
    fc.assert(
      fc.property(fc.array(steps, { minLength: 1, maxLength: 4 }), (series) => {
        const common = (series[0] ?? []).filter((step) => series.every((list) => list.includes(step)))
        expect(rows(...series)).toEqual(series.map((list) => common.map((step) => list.indexOf(step))))
      }),
    )
  })
})
