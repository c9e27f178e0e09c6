import { describe, expect, it } from 'vitest'
import { component, everyNth, lastRows, thin, thinRows } from '#core/diagnostics/observables/seriesRange.ts'

/** Row t is (t, −t) at step 10 t. */
const series = (count: number) => ({
  steps: Float64Array.from({ length: count }, (_, t) => 10 * t),
  dimension: 2,
  values: Float64Array.from({ length: 2 * count }, (_, i) => (i % 2 === 0 ? i / 2 : -(i - 1) / 2)),
})

describe('parts of a series', () => {
  it('are its last rows, all of them when there are no more', () => {
    const recent = lastRows(series(7), 3)
    expect([...recent.steps]).toEqual([40, 50, 60])
    expect([...component(recent, 1)]).toEqual([-4, -5, -6])
    expect(lastRows(series(3), 3)).toEqual(series(3))
    expect(lastRows(series(2), 3)).toEqual(series(2))
  })

  it('are every few values from the first on', () => {
    const values = Float64Array.from({ length: 7 }, (_, i) => i)
    expect([...everyNth(values, 1)]).toEqual([0, 1, 2, 3, 4, 5, 6])
    expect([...everyNth(values, 3)]).toEqual([0, 3, 6])
    expect([...everyNth(values.subarray(1), 3)]).toEqual([1, 4])
    expect(everyNth(new Float64Array(), 3)).toHaveLength(0)
  })

  it('are thinned by an odd stride, rows with their steps, and left as they are when short enough', () => {
    const rows = thinRows(series(9), 5)
    expect([...rows.steps]).toEqual([0, 30, 60])
    expect([...component(rows, 0)]).toEqual([0, 3, 6])
    expect([...component(rows, 1)]).toEqual([-0, -3, -6])
    expect(thin(series(9).steps, 5)).toEqual({ values: rows.steps, stride: 3 })
    const short = series(5)
    expect(thinRows(short, 5)).toBe(short)
  })
})
