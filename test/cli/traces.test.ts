import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ergoscope, ergoscopeJson } from './runCommand.ts'

interface ImportedRuns {
  runs: { id: string; name: string; status: string; steps: number; path: string; points: number; warnings: string[] }[]
}

let folder: string
let workspace: string[]
let imported: ImportedRuns

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ergoscope-cli-'))
  workspace = ['--workspace', join(folder, 'runs')]
  const rows = Array.from(
    { length: 1000 },
    (_, i) => `${i * 10},${Math.sin(i) + (i === 617 ? 100 : 0)},${i === 500 ? 'nan' : i === 501 ? '-inf' : i}`,
  )
  writeFileSync(join(folder, 'spike.csv'), `step,loss,odd\n${rows.join('\n')}\n`)
  imported = await ergoscopeJson<ImportedRuns>(
    'import',
    join(folder, 'spike.csv'),
    '--config',
    'learning_rate=0.1',
    '--role',
    'loss=loss',
    ...workspace,
  )
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('an imported trace', () => {
  it('is a finished run with all its points', () => {
    expect(imported.runs).toEqual([
      expect.objectContaining({ name: 'spike', status: 'finished', steps: 9991, points: 2000, warnings: [] }),
    ])
  })

  it('stands in the list with its configuration and its metrics', async () => {
    const runs = await ergoscopeJson<Record<string, unknown>[]>('runs', ...workspace)
    expect(runs).toEqual([
      expect.objectContaining({
        name: 'spike',
        config: expect.objectContaining({ learning_rate: 0.1 }),
        metrics: expect.objectContaining({
          odd: expect.objectContaining({ last: 999, min: 0, max: 999, count: 1000, nonFiniteCount: 2 }),
        }),
      }),
    ])
  })

  it('gives every point back, numbers that JSON cannot hold as text', async () => {
    const series = await ergoscopeJson<{ count: number; steps: number[]; values: unknown[] }>(
      'series',
      'spike',
      'odd',
      ...workspace,
    )
    expect(series.count).toBe(1000)
    expect(series.steps[617]).toBe(6170)
    expect(series.values.slice(499, 503)).toEqual([499, 'NaN', '-Infinity', 502])
  })

  it('never loses a spike in an envelope', async () => {
    const { count, buckets } = await ergoscopeJson<{
      count: number
      buckets: { from: number; to: number; count: number; max: number }[]
    }>('series', 'spike', 'loss', '--buckets', '7', ...workspace)
    expect(count).toBe(1000)
    expect(buckets.length).toBeLessThanOrEqual(7)
    expect(buckets.reduce((sum, bucket) => sum + bucket.count, 0)).toBe(1000)
    const holder = buckets.find((bucket) => bucket.from <= 6170 && bucket.to >= 6170)
    expect(holder?.max).toBe(Math.sin(617) + 100)
  })

  it('answers questions in SQL, and refuses to be changed', async () => {
    const { rows } = await ergoscopeJson<{ rows: unknown[][] }>(
      'sql',
      'spike',
      'SELECT count(*) FROM metric',
      ...workspace,
    )
    expect(rows).toEqual([[2]])
    const refused = await ergoscope('sql', 'spike', 'DELETE FROM metric', ...workspace)
    expect(refused.code).not.toBe(0)
    expect(refused.stderr.trim().split('\n')).toHaveLength(1)
    expect(
      (await ergoscopeJson<{ rows: unknown[][] }>('sql', 'spike', 'SELECT count(*) FROM metric', ...workspace)).rows,
    ).toEqual([[2]])
  })

  it('comes out and in again bit for bit', async () => {
    const file = join(folder, 'out.csv')
    await ergoscopeJson('export', 'spike', '--output', file, ...workspace)
    const again = ['--workspace', join(folder, 'again')]
    await ergoscopeJson('import', file, '--name', 'again', ...again)
    const before = await ergoscopeJson<{ steps: number[]; values: unknown[] }>('series', 'spike', 'odd', ...workspace)
    const after = await ergoscopeJson<{ steps: number[]; values: unknown[] }>('series', 'again', 'odd', ...again)
    expect([after.steps, after.values]).toEqual([before.steps, before.values])
  })

  it('is found sound, and damaged after a byte was changed', async () => {
    const copies = ['--workspace', join(folder, 'damaged')]
    const { runs } = await ergoscopeJson<ImportedRuns>('import', join(folder, 'spike.csv'), ...copies)
    expect(await ergoscopeJson('verify', 'spike', ...copies)).toMatchObject({
      runs: [{ isSound: true, checkedSeries: 2 }],
    })
    const file = join(runs[0]?.path ?? '', 'run.sqlite')
    const bytes = readFileSync(file)
    const needle = Buffer.alloc(8)
    needle.writeDoubleBE(Math.sin(617) + 100)
    const at = bytes.indexOf(needle)
    expect(at).toBeGreaterThan(0)
    bytes.writeDoubleBE(42, at)
    writeFileSync(file, bytes)
    const damaged = await ergoscope('verify', 'spike', ...copies)
    expect(damaged.code).toBe(1)
    expect(damaged.stdout).toMatch(/loss/)
  })

  it('does not keep the others from being verified when it cannot be read through', async () => {
    const copies = ['--workspace', join(folder, 'cut')]
    const { runs } = await ergoscopeJson<ImportedRuns>(
      'import',
      join(folder, 'spike.csv'),
      join(folder, 'spike.csv'),
      ...copies,
    )
    const file = join(runs[0]?.path ?? '', 'run.sqlite')
    const bytes = readFileSync(file)
    bytes.fill(0x5a, 4096 * 4, bytes.length - 4096)
    writeFileSync(file, bytes)
    const { code, stdout } = await ergoscope('verify', '--json', ...copies)
    expect(code).toBe(1)
    const verified = JSON.parse(stdout) as { runs: { isSound: boolean; findings: string[] }[] } // the documented form
    expect(verified.runs.filter(({ isSound }) => isSound)).toHaveLength(1)
    expect(verified.runs).toHaveLength(2)
    expect(verified.runs.find(({ isSound }) => !isSound)?.findings).not.toEqual([])
  })

  it('is imported although another file of the same command is not', async () => {
    const outcome = await ergoscope(
      'import',
      join(folder, 'missing.csv'),
      join(folder, 'spike.csv'),
      '--json',
      '--workspace',
      join(folder, 'partly'),
    )
    expect(outcome.code).toBe(1)
    expect(outcome.stderr).toMatch(/missing\.csv: cannot be read \(no such file\)/)
    expect(JSON.parse(outcome.stdout)).toEqual({
      runs: [expect.objectContaining({ name: 'spike', points: 2000, stepSource: "column 'step'" })],
    })
  })

  it('can be named by the path of its run file', async () => {
    const file = join(imported.runs[0]?.path ?? '', 'run.sqlite')
    expect(await ergoscopeJson('show', file)).toMatchObject({ id: imported.runs[0]?.id })
  })

  it('gets statistics and an honest verdict', async () => {
    const statistics = await ergoscopeJson<{ n: number; mean: number; variance: number }>(
      'stats',
      'spike',
      'loss',
      ...workspace,
    )
    expect(statistics.n).toBe(1000)
    const few = await ergoscope('stats', 'spike', 'loss', '--from', '9900', ...workspace)
    expect(few.stdout).toMatch(/^loss, 10 points\nmean .*\nstandard deviation .*\nfewer than 20 points: nothing more/)
    expect(few.stdout).not.toContain('mean by batches')
    const more = await ergoscope('stats', 'spike', 'loss', '--from', '9700', ...workspace)
    expect(more.stdout).toMatch(/^loss, 30 points\nmean {18}\S+\nmean by batches .*of the newest 20 of 30 points\n/)
    const none = await ergoscope('stats', 'spike', 'loss', '--from', '1000000000', '--json', ...workspace)
    expect([none.code, none.stdout]).toEqual([1, ''])
    expect(none.stderr).toMatch(/^ergoscope: no points of loss in these steps; its last one is at step \d+\n$/)
    const { runs } = await ergoscopeJson<{ runs: { verdict: { id: string }; diagnostics: { id: string }[] }[] }>(
      'diagnose',
      'spike',
      ...workspace,
    )
    expect(runs[0]?.verdict.id).toEqual(expect.any(String))
    expect(runs[0]?.diagnostics.length).toBeGreaterThan(0)
  })
})

describe('wrong use', () => {
  it.each([
    [['runs', '--bogus'], 2, /unknown option '--bogus'/],
    [['sereis', 'x', 'y'], 2, /unknown command 'sereis'/],
    [['series', 'spike', 'lss'], 1, /no scalar metric 'lss'; it has loss, odd/],
    [['show', 'nothing'], 1, /nothing/],
    [['export', 'spike', '--output', '/no/such/folder/x.csv'], 1, /there is no folder \/no\/such\/folder; make it/],
    [['train', 'quadratic-sgd', '--set', 'steps'], 2, /--set 'steps': key=value is needed/],
    [['train', 'quadratic-sgd', '--seeds', '1,1'], 2, /^ergoscope: .*Seed 1 stands twice/],
    [['runs', '--workspace', '/no/such/place'], 1, /\/no\/such\/place does not exist; `ergoscope train`/],
    [['runs', '--filter', 'steps >'], 2, /filter/],
    [['import', 'missing.csv'], 1, /missing\.csv: cannot be read \(no such file\)/],
    [['train', 'no-such-recipe'], 1, /no recipe 'no-such-recipe'/],
    [['train', 'quadratic-sgd', '--set', 'optimizer.momentum=1.5'], 2, /momentum/],
    [['series', 'spike', 'loss', '--buckets', '0'], 2, /whole number from 1/],
    [['diagnose', 'spike', '--margin', 'nonsense'], 2, /--margin 'nonsense': key=value/],
    [['diagnose', 'spike', '--margin', 'significance=-1'], 2, /significance=-1 is out of range/],
  ])('%j ends with %i and one line', async (args, code, message) => {
    const outcome = await ergoscope(...workspace, ...args)
    expect(outcome.stderr).toMatch(message)
    expect(outcome.stderr).not.toMatch(/\n\s+at /)
    expect(outcome.code).toBe(code)
    expect(outcome.stdout).toBe('')
  })
})
