import { describe, expect, it } from 'vitest'
import { sortRuns } from '#core/runs/sortRuns.ts'
import { metricSummary, runRow } from './runRow.ts'

const runs = [
  runRow({ id: 'a', name: 'run 10', steps: 5, createdAtMs: 1, metrics: { loss: metricSummary({ last: 0.5 }) } }),
  runRow({ id: 'b', name: 'run 2', steps: 5, createdAtMs: 3, metrics: { loss: metricSummary({ last: NaN }) } }),
  runRow({ id: 'c', name: 'Run 1', steps: 9, createdAtMs: 2, config: { learning_rate: 0.1 } }),
  runRow({ id: 'd', name: 'run 3', steps: 1, createdAtMs: 0, metrics: { loss: metricSummary({ last: -3 }) } }),
]

function order(...columns: Parameters<typeof sortRuns>[1]): string {
  return sortRuns(runs, columns)
    .map(({ id }) => id)
    .join('')
}

describe('sortRuns', () => {
  it('puts the newest first when nothing is asked', () => {
    expect(order()).toBe('bcad')
  })

  it('counts numbers inside names and ignores case', () => {
    expect(order({ column: 'name', direction: 'ascending' })).toBe('cbda')
  })

  it('puts missing values and NaN last in either direction', () => {
    expect(order({ column: 'metrics."loss".last', direction: 'ascending' })).toBe('dabc')
    expect(order({ column: 'metrics."loss".last', direction: 'descending' })).toBe('adbc')
    expect(order({ column: 'config.learning_rate', direction: 'descending' }).at(0)).toBe('c')
  })

  it('lets later columns decide among equals', () => {
    expect(order({ column: 'steps', direction: 'descending' }, { column: 'createdAtMs', direction: 'ascending' })).toBe(
      'cabd',
    )
  })

  it('refuses an unknown column in one line', () => {
    expect(() => order({ column: 'colour', direction: 'ascending' })).toThrow(
      /^cannot sort by "colour": fields are id, name/,
    )
  })
})
