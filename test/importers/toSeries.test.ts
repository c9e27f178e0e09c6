import { describe, expect, it } from 'vitest'
import type { Table, TableColumn } from '#engine/importers/table.ts'
import { rolesByColumn } from '#engine/importers/roles.ts'
import { toSeries } from '#engine/importers/toSeries.ts'

function column(name: string, values: number[]): TableColumn {
  return { name, kind: 'numeric', rows: Float64Array.from(values.keys()), values: Float64Array.from(values) }
}

function table(...columns: TableColumn[]): Table {
  return { path: 'runs.csv', format: 'csv', rowCount: columns[0]?.rows.length ?? 0, columns, warnings: [] }
}

describe('toSeries', () => {
  it('takes the row number, from 0, where there is no step column', () => {
    const { series } = toSeries(table(column('x', [5, 6])))
    expect(series).toEqual([{ name: 'x', steps: Float64Array.of(0, 1), values: Float64Array.of(5, 6) }])
  })

  it('takes the step column, whatever its case, and does not import it', () => {
    const { series } = toSeries(table(column('Step', [10, 20]), column('x', [5, 6])))
    expect(series).toEqual([{ name: 'x', steps: Float64Array.of(10, 20), values: Float64Array.of(5, 6) }])
  })

  it('says so when the step column holds no numbers', () => {
    const { series, warnings } = toSeries(table({ ...column('step', []), kind: 'text' }, column('x', [5, 6])))
    expect(series[0]?.steps).toEqual(Float64Array.of(0, 1))
    expect(warnings).toEqual([`column 'step' holds no numbers: the row number is the step`])
  })

  it('leaves out rows without a finite step and says so', () => {
    const { series, warnings } = toSeries(table(column('step', [1, Number.NaN, 3]), column('x', [5, 6, 7])))
    expect(series[0]?.values).toEqual(Float64Array.of(5, 7))
    expect(warnings).toEqual(['1 values stand in rows without a finite step: left out'])
  })

  it('says where steps go back', () => {
    const { warnings } = toSeries(table(column('step', [1, 2, 1]), column('x', [5, 6, 7])))
    expect(warnings).toEqual([
      'step 1 follows step 2: all points are kept, the last attempt is shown and judged (2 of 3 points are superseded; sort the rows by step if they are one attempt)',
    ])
  })

  it('sorts rows that stand in no order, and says so', () => {
    const { series, warnings } = toSeries(
      table(column('step', [3, 1, Number.NaN, 2, 0]), column('x', [30, 10, 99, 20, 0])),
    )
    expect(series).toEqual([{ name: 'x', steps: Float64Array.of(0, 1, 2, 3), values: Float64Array.of(0, 10, 20, 30) }])
    expect(warnings.at(-1)).toBe(
      'the rows are not in the order of their steps, and no step stands twice: sorted by step',
    )
  })

  it('leaves the order of a run that was continued from an earlier step, though it has other steps than before', () => {
    const steps = [0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 9, 11, 13]
    const { series, warnings } = toSeries(table(column('step', steps), column('x', steps)))
    expect(series[0]?.steps).toEqual(Float64Array.from(steps))
    expect(warnings).toEqual([expect.stringMatching(/^step 9 follows step 18: all points are kept/)])
  })

  it('says of sorted steps that repeat which row counts', () => {
    const { warnings } = toSeries(table(column('step', [1, 1, 2, 2]), column('x', [5, 6, 7, 8])))
    expect(warnings).toEqual([
      'step 1 stands in several rows: all points are kept, of each step the last row is shown and judged (2 of 4 points are superseded; if several values belong to one step, average them, or give every row a step of its own)',
    ])
  })

  it('refuses steps that are not whole, and a table without metrics', () => {
    expect(() => toSeries(table(column('step', [0.5]), column('x', [1])))).toThrow(
      /step 0\.5 in data row 1 is not a whole number/,
    )
    expect(() => toSeries(table(column('step', [1])))).toThrow(/no numeric column besides the step/)
  })
})

describe('rolesByColumn', () => {
  const given = table(column('a', [1]), column('b', [1]), { ...column('note', []), kind: 'text' })

  it('gives each column its roles', () => {
    expect(rolesByColumn(given, { weights: ['a', 'b'], loss: ['a'] })).toEqual(
      new Map([
        ['a', ['weights', 'loss']],
        ['b', ['weights']],
      ]),
    )
  })

  it('takes the column that can be meant where a name stands twice', () => {
    const twice = table(column('theta2', [-1, 2]), column('theta2 (2)', [1, 4]), column('theta2 (old)', [1, 1]))
    expect(rolesByColumn(twice, { weights: ['theta2'], weight_norm_squared: ['theta2'] })).toEqual(
      new Map([
        ['theta2', ['weights']],
        ['theta2 (2)', ['weight_norm_squared']],
      ]),
    )
  })

  it.each([
    [{ wieghts: ['a'] }, /role 'wieghts' is not known; roles are loss,/],
    [{ loss: ['a'], accuracy: ['a'] }, /column 'a' is given the roles 'loss' and 'accuracy'/],
    [{ weights: ['a', 'a'] }, /column 'a' is given twice/],
    [{ loss: ['a', 'b'] }, /role 'loss' takes one column, not 2 \(a, b\)/],
    [{ loss: ['c'] }, /role 'loss': there is no column 'c'; numeric columns are a, b/],
    [{ loss: ['note'] }, /column 'note' holds text/],
  ])('refuses %j in one line', (roles, message) => expect(() => rolesByColumn(given, roles)).toThrow(message))
})
