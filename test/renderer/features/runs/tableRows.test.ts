import { describe, expect, it } from 'vitest'
import { areSeeds, differingKeys } from '#core/runs/runGroups.ts'
import { chooseColumns } from '../../../../src-renderer/features/runs/defaultColumns.ts'
import { highlightFilter } from '../../../../src-renderer/features/runs/filterHighlight.ts'
import { groupSummary } from '../../../../src-renderer/features/runs/groupSummary.ts'
import { nextSort } from '../../../../src-renderer/features/runs/nextSort.ts'
import { sparkline } from '../../../../src-renderer/features/runs/sparkline.ts'
import { tableCsv } from '../../../../src-renderer/features/runs/tableCsv.ts'
import { tableRows } from '../../../../src-renderer/features/runs/tableRows.ts'
import { fakeSeries } from '../../fakeBridge.ts'
import { fakeMetric, fakeRun } from '../../fakeRuns.ts'

const seeds = [10, 2].map((seed) => fakeRun(`s${seed}`, { group: 'noisy', seed, config: { learning_rate: 0.1, seed } }))
const alone = fakeRun('alone', { config: { learning_rate: 0.3 } })

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
    expect([...shownIds]).toEqual([
      'name',
      'verdict',
      'config.learning_rate',
      'seed',
      'metrics."probe/loss".last',
      'metrics."probe/gradient_norm".last',
      'steps',
    ])
    expect(columns.map((column) => column.id)).toEqual(expect.arrayContaining([...shownIds, 'duration', 'tags']))
  })

  it('adds the loss that the runs without the first one have, not another of those that have it', () => {
    const trained = [1, 2, 3].map((seed) =>
      fakeRun(`t${seed}`, { metrics: { 'probe/loss': fakeMetric(1), 'train/loss': fakeMetric(1) } }),
    )
    const imported = [1, 2, 3, 4, 5].map((seed) =>
      fakeRun(`i${seed}`, { metrics: seed > 2 ? {} : { loss: fakeMetric(1) } }),
    )
    const { shownIds } = chooseColumns([...trained, ...imported])
    expect([...shownIds].filter((id) => id.includes('loss'))).toEqual([
      'metrics."probe/loss".last',
      'metrics."loss".last',
    ])
  })

  it('adds the loss of imported runs where they have another name for it', () => {
    const imported = fakeRun('imported', { metrics: { loss: fakeMetric(1) } })
    const { shownIds, columns } = chooseColumns([...seeds, imported])
    expect([...shownIds].filter((id) => id.includes('loss'))).toEqual([
      'metrics."probe/loss".last',
      'metrics."loss".last',
    ])
    // Two headings "Loss" and "loss" side by side would not tell where they come from.
    expect(columns.filter(({ metric }) => metric?.endsWith('loss')).map(({ title }) => title)).toEqual([
      'probe/loss',
      'loss',
    ])
    expect(chooseColumns(seeds).columns.find(({ metric }) => metric === 'probe/loss')?.title).toBe('Loss')
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
