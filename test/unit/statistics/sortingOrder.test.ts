import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sortingOrder } from '#core/statistics/sortingOrder.ts'

const sorted = (values: Float64Array) => Float64Array.from(sortingOrder(values), (i) => values[i] ?? Number.NaN)

describe('sortingOrder', () => {
  it('sorts like the language does, any double, infinities included', () => {
    fc.assert(
      fc.property(fc.float64Array({ noNaN: true, maxLength: 300 }), (values) => {
        expect(sorted(values)).toEqual(values.slice().sort())
      }),
    )
  })

  it('keeps the order of equal values', () => {
    expect([...sortingOrder(Float64Array.of(2, 1, 2, 1, 2))]).toEqual([1, 3, 0, 2, 4])
  })

  it('reads a part of a longer array', () => {
    expect([...sortingOrder(Float64Array.of(9, 3, -1, 2, 8).subarray(1, 4))]).toEqual([1, 2, 0])
  })

  it('takes an empty array, and puts NaN last', () => {
    expect([...sortingOrder(new Float64Array())]).toEqual([])
    expect([...sortingOrder(Float64Array.of(Number.NaN, Number.POSITIVE_INFINITY, -1))]).toEqual([2, 1, 0])
  })
})
