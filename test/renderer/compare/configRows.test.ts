import { describe, expect, it } from 'vitest'
import type { RunRow } from '#shared/run.ts'
import { compareGroups } from '../../../src-renderer/features/compare/compareGroups.ts'
import { configRows, nothingDiffersText } from '../../../src-renderer/features/compare/configRows.ts'
import { fakeMetric, fakeRun } from '../fakeRuns.ts'

const groupsOf = (...runs: RunRow[]) => compareGroups(runs, () => 0)
const imported = (id: string, changes: Partial<RunRow> = {}) =>
  fakeRun(id, { source: 'imported', seed: null, config: { imported_from: `${id}.csv` }, metrics: {}, ...changes })

describe('what differs between runs', () => {
  it('is the learning rate of imports that have it by role', () => {
    const withRate = (id: string, rate: number) =>
      imported(id, { metrics: { lr: { ...fakeMetric(rate), max: rate, role: 'learning_rate' } } })
    expect(configRows(groupsOf(withRate('a', 0.1), withRate('b', 2.5)))).toEqual([
      {
        key: 'learning_rate',
        cells: [
          { text: '0.1', isSame: false },
          { text: '2.5', isSame: false },
        ],
      },
    ])
  })

  it('is the seed of the data, which makes the law, but not what follows from other settings', () => {
    const groups = groupsOf(
      ...[1, 2].map((i) => fakeRun(`${i}`, { seed: i, config: { data_seed: i, seed: i, 'derived.threads': i } })),
    )
    expect(groups).toHaveLength(2)
    expect(configRows(groups).map(({ key }) => key)).toEqual(['data_seed'])
    expect(groups.map(({ detail }) => detail)).toEqual(['data seed 1', 'data seed 2'])
  })

  it('is said to be the seed only where seeds are known to differ', () => {
    const config = { learning_rate: 0.1 }
    expect(nothingDiffersText(groupsOf(fakeRun('a', { seed: 1 }), fakeRun('b', { seed: 2 })))).toBe(
      'Nothing but the seed differs.',
    )
    expect(nothingDiffersText(groupsOf(fakeRun('a'), fakeRun('b')))).toContain('not even the seed')
    expect(nothingDiffersText(groupsOf(imported('a', { config }), imported('b', { config })))).toContain('not recorded')
    expect(nothingDiffersText(groupsOf(imported('a'), imported('b')))).toContain('no settings were recorded')
  })
})
