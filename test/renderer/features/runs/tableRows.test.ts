import { describe, expect, it } from 'vitest'
import { areSeeds, differingKeys } from '#core/runs/runGroups.ts'
import { chooseColumns } from '../../../../src-renderer/features/runs/defaultColumns.ts'
import { highlightFilter } from '../../../../src-renderer/features/runs/filterHighlight.ts'
import { groupSummary } from '../../../../src-renderer/features/runs/groupSummary.ts'
import { nextSort } from '../../../../src-renderer/features/runs/nextSort.ts'
import { sparkline } from '../../../../src-renderer/features/runs/sparkline.ts'
import { tableCsv } from '../../../../src-renderer/features/runs/tableCsv.ts'
import { tableRows } from '../../../../src-renderer/features/runs/tableRows.ts'
import type { RunConfig, RunRow } from '#shared/run.ts'
import { fakeSeries } from '../../fakeBridge.ts'
import { fakeMetric, fakeRun } from '../../fakeRuns.ts'

const seeds = [10, 2].map((seed) => fakeRun(`s${seed}`, { group: 'noisy', seed, config: { learning_rate: 0.1, seed } }))
const alone = fakeRun('alone', { config: { learning_rate: 0.3 } })

const titlesOf = (runs: readonly RunRow[]): string[] =>
  tableRows(runs, 'experiment', new Set(), true).flatMap((row) => (row.kind === 'group' ? row.title : []))

describe('tableRows', () => {
  it('groups in the order of the first run and sorts names naturally', () => {
    const rows = tableRows([...seeds, alone], 'experiment', new Set(), true)
    expect(rows.map((row) => (row.kind === 'group' ? `${row.title} ${row.areSeeds}` : row.run.id))).toEqual([
      'noisy true',
      's2',
      's10',
      'No experiment false',
      'alone',
    ])
  })

  it('groups imported seeds by their settings, with those that are alone last', () => {
    const imported = (id: string, config: RunConfig) => fakeRun(id, { source: 'imported', seed: null, config })
    const runs = [
      imported('alone', { imported_from: 'a.csv' }),
      imported('digits-s0', { imported_from: '0.csv', momentum: 0.9, seed: 0 }),
      imported('other', { imported_from: 'b.csv' }),
      imported('digits-s1', { imported_from: '1.csv', momentum: 0.9, seed: 1 }),
      imported('seed0', { learning_rate: 0.05 }),
      imported('seed1', { learning_rate: 0.05 }),
      imported('digits-s2', { momentum: 0.5, seed: 0 }),
      imported('digits-s3', { momentum: 0.5, seed: 1 }),
    ]
    const rows = tableRows(runs, 'experiment', new Set(), true)
    expect(rows.map((row) => (row.kind === 'group' ? `${row.title}: ${row.areSeeds}` : row.run.id))).toEqual([
      'digits, momentum 0.9: true',
      'digits-s0',
      'digits-s1',
      'learning rate 0.05: true',
      'seed0',
      'seed1',
      'digits, momentum 0.5: true',
      'digits-s2',
      'digits-s3',
      'No experiment: false',
      'alone',
      'other',
    ])
    expect(rows.at(-3)).toMatchObject({ belongTogether: false })
  })

  it('names no setting in a title that the runs of the group do not share', () => {
    const runs = [0.5, 0.9].flatMap((momentum) =>
      [100, 200].map((steps, seed) => {
        const config = { momentum, steps, seed, 'probes.loss.every': steps, 'derived.planned_steps': steps }
        return fakeRun(`digits-${momentum}-s${seed}`, { name: `digits-s${seed}`, seed, config })
      }),
    )
    expect(titlesOf(runs)).toEqual(['digits, momentum 0.5', 'digits, momentum 0.9'])
    const sweep = [0.1, 0.2].map((rate) =>
      fakeRun(`rate-${rate}`, { group: 'digits', config: { learning_rate: rate, momentum: 0.7, steps: 100 } }),
    )
    expect(titlesOf([...sweep, ...runs.slice(0, 2)])).toEqual(['digits, momentum 0.7', 'digits, momentum 0.5'])
  })

  it('hides the runs of a folded group and needs no heading without groups', () => {
    expect(tableRows([...seeds, alone], 'experiment', new Set(['group:noisy']), true)).toHaveLength(3)
    expect(tableRows([alone], 'experiment', new Set(), true).map((row) => row.kind)).toEqual(['run'])
    expect(tableRows([...seeds, alone], 'verdict', new Set(), true)[0]).toMatchObject({
      kind: 'group',
      title: 'No verdict yet',
    })
  })
})

describe('groups', () => {
  it('knows seeds from other runs', () => {
    expect(areSeeds(seeds)).toBe(true)
    expect(areSeeds([...seeds, alone])).toBe(false)
    expect(areSeeds([alone])).toBe(false)
    const repeated = seeds.map((run) => ({ ...run, seed: 1, config: { ...run.config, seed: 1 } }))
    expect(areSeeds(repeated)).toBe(false)
    const [one, two] = seeds
    expect(areSeeds([...seeds, { ...alone, config: one?.config ?? {}, seed: one?.seed ?? null }])).toBe(false)
    expect(two && areSeeds([...seeds, { ...two, id: 'third', seed: 7 }])).toBe(true)
    const imports = seeds.map((run, i) => ({ ...run, group: null, seed: null, config: { ...run.config, seed: i } }))
    expect(areSeeds(imports)).toBe(true)
    expect(differingKeys([...seeds, alone])).toEqual(['learning_rate', 'seed'])
  })

  it('summarises seeds by mean and deviation, others by their range, and leaves out what is not finite', () => {
    const summary = groupSummary([1, 2, 3], true)
    expect(`${summary?.value}${summary?.spread}`.replaceAll(/\s/g, ' ')).toBe('2.0 ± 1.0')
    expect(groupSummary([1, Number.NaN, 4], false)?.value).toBe('1.00 … 4.00')
    expect(groupSummary([1, Number.NaN], true)).toBeNull()
  })
})

describe('columns', () => {
  it('shows what differs, the loss, the gradient norm and the steps; all else can be chosen', () => {
    const { columns, shownIds } = chooseColumns([...seeds, alone])
    expect([...shownIds]).toEqual(['name', 'verdict', 'config.learning_rate', 'seed', 'loss', 'gradient_norm', 'steps'])
    expect(columns.map((column) => column.id)).toEqual(expect.arrayContaining([...shownIds, 'duration', 'tags']))
  })

  it('shows of the settings that differ the most telling first, as titles and Compare have them, and no bookkeeping', () => {
    const shown = (settings: (i: number) => RunConfig) =>
      [...chooseColumns([1, 2].map((i) => fakeRun(`${i}`, { seed: i, config: settings(i) }))).shownIds].filter((id) =>
        id.startsWith('config.'),
      )
    expect(shown((i) => ({ 'derived.threads': i, imported_from: `${i}.csv`, data_seed: i, batch_size: i }))).toEqual([
      'config.batch_size',
      'config.data_seed',
    ])
    expect(shown((i) => ({ momentum: i, learning_rate: i, data: `digits ${i}` }))).toEqual([
      'config.data',
      'config.learning_rate',
    ])
  })

  it('has one column of the loss, whatever it is called in a run, and names it in the tooltip', () => {
    const named = (id: string, name: string, role?: string) =>
      fakeRun(id, { metrics: { [name]: { ...fakeMetric(0.25), ...(role === undefined ? {} : { role }) } } })
    const runs = [
      ...seeds,
      named('a', 'loss', 'loss'),
      named('b', 'train_loss', 'loss'),
      named('c', 'objective', 'loss'),
      named('d', 'gap', 'gradient_norm_squared'),
      fakeRun('e', { metrics: {} }),
    ]
    const { shownIds, columns } = chooseColumns(runs)
    expect([...shownIds].filter((id) => /loss|gradient|objective|gap/.test(id))).toEqual(['loss', 'gradient_norm'])
    const [loss, gradientNorm] = ['loss', 'gradient_norm'].map((id) => columns.find((column) => column.id === id))
    expect(runs.map((run) => [loss?.metricOf(run), loss?.textOf(run, 0)])).toEqual([
      ['probe/loss', '1.10'],
      ['probe/loss', '1.10'],
      ['loss', '0.250'],
      ['train_loss', '0.250'],
      ['objective', '0.250'],
      [null, ''],
      [null, ''],
    ])
    expect(loss).toMatchObject({ title: 'Loss', sortColumn: 'loss' })
    expect(loss?.description).toContain('probe/loss, loss, train_loss, objective')
    expect(runs.map((run) => gradientNorm?.textOf(run, 0)).at(5)).toBe('0.500')
    // The metrics themselves can be chosen by their names.
    expect(columns.map(({ metric }) => metric)).toEqual(
      expect.arrayContaining(['probe/loss', 'loss', 'train_loss', 'gap']),
    )
  })

  it('sets numbers right also where one run has a text for the key', () => {
    const runs = [
      fakeRun('a', { config: { learning_rate: 0.1 } }),
      fakeRun('b', { config: { learning_rate: '0.02 to 0.2' } }),
    ]
    const kindOf = (id: string) => chooseColumns(runs).columns.find((column) => column.id === id)?.kind
    expect(kindOf('config.learning_rate')).toBe('number')
    const texts = runs.map((run, i) => ({ ...run, config: { sampling: i === 0 ? 'iid' : 'reshuffled' } }))
    expect(chooseColumns(texts).columns.find(({ id }) => id === 'config.sampling')?.kind).toBe('text')
  })

  it('shows the status as soon as a run is not finished', () => {
    expect(chooseColumns([fakeRun('live', { status: 'running' })]).shownIds.has('status')).toBe(true)
    expect(chooseColumns(seeds).shownIds.has('status')).toBe(false)
  })

  it.each(['finished', 'stopped', 'running'] as const)(
    'fits beside the inspector of a window of 1440 pixels with a run that is %s',
    (status) => {
      const windowWidth = 1440
      const inspectorAndCheckboxWidth = 312 + 34
      const names = ['probe/loss', 'probe/gradient_norm', 'probe/noise_trace', 'probe/sharpness']
      const metrics = Object.fromEntries(names.map((name) => [name, fakeMetric(1)]))
      const runs = [0.003, 0.1].map((value, seed) =>
        fakeRun(`r${seed}`, {
          status,
          seed,
          metrics,
          config: { learning_rate: value, weight_decay: value, label_noise: value, momentum: value },
        }),
      )
      const { columns, shownIds } = chooseColumns(runs)
      const width = columns.filter((column) => shownIds.has(column.id)).reduce((sum, column) => sum + column.width, 0)
      expect(width).toBeLessThanOrEqual(windowWidth - inspectorAndCheckboxWidth)
    },
  )

  it('sorts numbers from the largest, texts from A, and gives the usual order back', () => {
    const loss = { sortColumn: 'steps', kind: 'number' }
    const once = nextSort([], loss)
    expect(once).toEqual([{ column: 'steps', direction: 'descending' }])
    expect(nextSort(once, loss)).toEqual([{ column: 'steps', direction: 'ascending' }])
    expect(nextSort(nextSort(once, loss), loss)).toEqual([])
    expect(nextSort([], { sortColumn: 'name', kind: 'name' })[0]?.direction).toBe('ascending')
    expect(nextSort(once, { sortColumn: null, kind: 'number' })).toBe(once)
  })
})

describe('sparkline', () => {
  it('stays in its box and leaves out what is not finite', () => {
    const series = fakeSeries({ runId: 'a', metric: 'm' }, 40)
    const mean = series.mean.with(39, Number.NaN)
    const drawn = sparkline({
      ...series,
      mean,
      min: mean,
      max: mean,
      nonFinite: { ...series.nonFinite, firstStep: 39 },
    })
    const numbers = drawn.line.match(/-?\d+\.\d+/g)?.map(Number) ?? []
    expect(Math.max(...numbers)).toBeLessThanOrEqual(72)
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0)
    expect(drawn.line.match(/[ML]/g)).toHaveLength(39)
    expect(drawn).toMatchObject({ hasNonFinite: true, envelope: '', isLogarithmic: false })
  })

  it('draws nothing without points', () => {
    expect(sparkline(fakeSeries({ runId: 'a', metric: 'm' }, 0))).toMatchObject({ line: '', end: null })
  })
})

describe('filter and export', () => {
  it('colours every character of a filter once, and none of one that cannot be read', () => {
    const filter = 'config.lr >= 0.1 and name ~ "a b"'
    const pieces = highlightFilter(filter)
    expect(pieces.map((piece) => piece.text).join('')).toBe(filter)
    expect(pieces.filter((piece) => piece.text.trim() !== '').map((piece) => piece.look)).toEqual([
      'key',
      'operator',
      'number',
      'operator',
      'key',
      'operator',
      'text',
    ])
    expect(highlightFilter('name = "open')).toEqual([{ text: 'name = "open', look: 'plain' }])
  })

  it('writes exact numbers, quotes where needed, and defuses formulas', () => {
    const csv = tableCsv([fakeRun('=cmd()', { config: { note: 'a, "b"' }, metrics: { loss: fakeMetric(0.1 + 0.2) } })])
    const [header, line] = csv.split('\r\n')
    expect(header).toBe('id,name,group,status,verdict,steps,config.note,loss.last,loss.min,loss.max')
    expect(line).toBe(
      `'=cmd(),'=cmd(),,finished,,6000,"a, ""b""",0.30000000000000004,0.30000000000000004,0.6000000000000001`,
    )
  })
})
