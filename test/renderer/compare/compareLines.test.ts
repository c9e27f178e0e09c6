import { describe, expect, it } from 'vitest'
import type { Series } from '#shared/contract/series.ts'
import type { RunRow } from '#shared/run.ts'
import { availableMetrics, compareGroups } from '../../../src-renderer/features/compare/compareGroups.ts'
import { compareLines, lineLimit } from '../../../src-renderer/features/compare/compareLines.ts'
import { configRows } from '../../../src-renderer/features/compare/configRows.ts'
import { slopeReadout } from '../../../src-renderer/features/compare/slopeReadout.ts'
import { trayValues } from '../../../src-renderer/features/compare/trayValues.ts'
import { fakeSeries } from '../fakeBridge.ts'
import { fakeRun } from '../fakeRuns.ts'

const run = (id: string, rest: Partial<RunRow> = {}): RunRow =>
  fakeRun(id, { name: id, group: null, seed: 0, config: {}, metrics: {}, ...rest })
const seedRun = (seed: number): RunRow =>
  run(`s${seed}`, { group: 'digits', seed, config: { learning_rate: 0.1, seed } })
const slots: Record<string, number> = { s1: 2, s2: 2, other: 5 }
const groupsOf = (runs: RunRow[]): ReturnType<typeof compareGroups> => compareGroups(runs, (id) => slots[id] ?? 0)
const level = (runId: string, value: number): Series => {
  const series = fakeSeries({ runId, metric: 'loss' }, 3)
  const values = series.x.map(() => value)
  return { ...series, min: values, max: values, mean: values, last: values }
}

describe('compareGroups', () => {
  it('puts seeds of one experiment together and leaves other runs by themselves, in the order of selection', () => {
    const groups = groupsOf([seedRun(1), run('other', { config: { learning_rate: 0.3 } }), seedRun(2)])
    expect(groups.map(({ label, isSeeds, slot, runs }) => [label, isSeeds, slot, runs.length])).toEqual([
      ['digits', true, 2, 2],
      ['other', false, 5, 1],
    ])
    expect(groups[1]?.detail).toBe('learning rate 0.3')
  })

  it('does not average runs of one group whose settings differ', () => {
    const groups = groupsOf([seedRun(1), { ...seedRun(2), config: { learning_rate: 0.01, seed: 2 } }])
    expect(groups.map((group) => group.isSeeds)).toEqual([false, false])
  })
})

describe('compareLines', () => {
  const groups = groupsOf([seedRun(1), seedRun(2), run('other')])
  const series = [level('s1', 1), level('s2', 3), level('other', 7)]

  it('draws seeds as mean with min–max, every other run as it is', () => {
    const { lines, runLines } = compareLines(groups, series, { seeds: 'range', drawsAll: false, pinnedIds: [] })
    expect(lines.map((line) => [line.id, line.y[0], line.low?.[0], line.high?.[0]])).toEqual([
      [groups[0]?.id, 2, 1, 3],
      ['other', 7, undefined, undefined],
    ])
    expect([...runLines.keys()]).toEqual(['s1', 's2', 'other'])
  })

  it('draws the 95 % interval of the mean by Student’s t', () => {
    const { lines } = compareLines(groups, series, { seeds: 'interval', drawsAll: false, pinnedIds: [] })
    // n = 2: t = 12.706, standard error 1.
    expect(lines[0]?.high?.[0]).toBeCloseTo(2 + 12.706, 3)
  })

  it('draws each seed, in the colour of the group', () => {
    const { lines } = compareLines(groups, series, { seeds: 'each', drawsAll: false, pinnedIds: [] })
    expect(lines.map((line) => [line.id, line.color])).toEqual([
      ['s1', '--run-3'],
      ['s2', '--run-3'],
      ['other', '--run-6'],
    ])
  })

  it('turns to density with too many lines, keeping those that are pinned', () => {
    const runs = Array.from({ length: lineLimit + 1 }, (_, i) => run(`r${i}`))
    const many = runs.map((one, i) => level(one.id, i))
    const dense = compareLines(groupsOf(runs), many, { seeds: 'range', drawsAll: false, pinnedIds: ['r3'] })
    expect(dense.lines.map((line) => line.id)).toEqual(['r3'])
    expect(dense.density?.curves.map((curve) => Number(curve[0]?.toFixed(9)))).toEqual([0, 2.4, 6, 18, 21.6, 24])
    expect(compareLines(groupsOf(runs), many, { seeds: 'range', drawsAll: true, pinnedIds: [] }).lines).toHaveLength(
      lineLimit + 1,
    )
  })

  it('gives the tray the value at the cursor, else the newest, of groups and of their seeds', () => {
    const content = compareLines(groups, series, { seeds: 'range', drawsAll: false, pinnedIds: [] })
    expect(Object.fromEntries(trayValues(content, 1))).toEqual({ [groups[0]?.id ?? '']: 2, s1: 1, s2: 3, other: 7 })
    expect(trayValues(content, null).get('other')).toBe(7)
    expect(trayValues(undefined, 1).size).toBe(0)
  })
})

describe('configRows', () => {
  it('lists only what differs, the telling settings first, and greys what equals the first', () => {
    const groups = groupsOf([
      run('a', { config: { zeta: 1, learning_rate: 0.1, same: 1 } }),
      run('b', { config: { zeta: 2, learning_rate: 0.1, same: 1 } }),
      run('c', { config: { zeta: 1, learning_rate: 0.2, same: 1 } }),
    ])
    const rows = configRows(groups)
    expect(rows.map((row) => row.key)).toEqual(['learning_rate', 'zeta'])
    expect(rows[0]?.cells).toEqual([
      { text: '0.1', isSame: false },
      { text: '0.1', isSame: true },
      { text: '0.2', isSame: false },
    ])
  })
})

describe('slopeReadout', () => {
  const x = Array.from({ length: 100 }, (_, i) => i + 1)
  const flat = { id: 'flat', label: 'flat', color: '--run-1' as const, x, y: x.map(() => 2) }
  const steep = { id: 'steep', label: 'steep', color: '--run-2' as const, x, y: x.map((value) => value ** -1.5) }

  it('fits the steepest line over its last half decade', () => {
    const readout = slopeReadout([flat, steep], null, 'step', [])
    expect(readout?.line.id).toBe('steep')
    expect(readout?.fit.slope).toBeCloseTo(-1.5, 10)
    expect(readout?.detail).toContain('steps 32–100')
  })

  it('fits the line that is singled out over the range in view', () => {
    const readout = slopeReadout([flat, steep], [10, 20], 'step', ['flat'])
    expect(readout?.fit).toMatchObject({ slope: 0, pointCount: 11, from: 10, to: 20 })
  })

  it('fits the logged points rather than their average', () => {
    const averaged = { ...steep, y: x.map(() => 1), raw: steep.y }
    expect(slopeReadout([averaged], null, 'step', [])?.fit.slope).toBeCloseTo(-1.5, 10)
  })

  it('says nothing with too few points', () => {
    expect(slopeReadout([{ ...steep, x: [1, 2], y: [1, 2] }], null, 'step', [])).toBeNull()
  })
})

describe('availableMetrics', () => {
  it('is the union over the runs', () => {
    const summary = { last: 1, min: 1, max: 1, count: 1, lastStep: 1, nonFiniteCount: 0 }
    expect(
      availableMetrics([run('a', { metrics: { b: summary } }), run('c', { metrics: { a: summary, b: summary } })]),
    ).toEqual(['a', 'b'])
  })
})

describe('the newest value in the tray', () => {
  const falling = (runId: string, last: number): Series => ({
    ...level(runId, 5),
    kind: 'buckets',
    last: Float64Array.of(9, 8, last),
  })

  it('is the last recorded one, not the mean of the last bucket, and for seeds the mean of theirs', () => {
    const groups = groupsOf([seedRun(1), seedRun(2), run('other')])
    const content = compareLines(groups, [falling('s1', 1), falling('s2', 2), falling('other', 4)], {
      seeds: 'range',
      drawsAll: false,
      pinnedIds: [],
    })
    expect(Object.fromEntries(trayValues(content, null))).toMatchObject({
      s1: 1,
      s2: 2,
      other: 4,
      [groups[0]?.id ?? '']: 1.5,
    })
  })

  it('is NaN of a run that ended so, not the number before', () => {
    const groups = groupsOf([run('a'), run('b')])
    const points = { ...level('b', 5), last: Float64Array.of(5, NaN), x: Float64Array.of(0, 1) }
    const content = compareLines(groups, [falling('a', NaN), points], { seeds: 'each', drawsAll: false, pinnedIds: [] })
    expect(Object.fromEntries(trayValues(content, null))).toEqual({ a: NaN, b: NaN })
  })
})
