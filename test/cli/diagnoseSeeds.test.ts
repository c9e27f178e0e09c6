import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ergoscope, ergoscopeJson } from './runCommand.ts'

interface Diagnoses {
  runs: { name: string }[]
  acrossRuns?: { rhat: Record<string, number>; distances: Record<string, unknown>; verdict: { id: string } }
}

const names = ['seed0', 'seed1', 'seed2', 'seed3']
let folder: string
let workspace: string[]

/** Four chains in a double well that never switch, two in each well (q3a), as four imported runs. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ergoscope-cli-'))
  workspace = ['--workspace', join(folder, 'runs')]
  const trace = join(import.meta.dirname, '..', 'fixtures', 'reference', 'q3a_doublewell_stuck.csv')
  const rows = readFileSync(trace, 'utf8').trim().split('\n').slice(1)
  const files = names.map((name, k) => {
    const path = join(folder, `${name}.csv`)
    const lines = rows.map((row, step) => {
      const theta = Number(row.split(',')[k])
      return `${step},${theta},${(theta * theta - 1) ** 2 / 4}`
    })
    writeFileSync(path, `step,theta,loss\n${lines.join('\n')}\n`)
    return path
  })
  const roles = ['--role', 'loss=loss', '--role', 'weights=theta', '--config', 'learning_rate=0.05']
  await ergoscopeJson('import', ...files, ...roles, ...workspace)
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true }))

describe('diagnose with several runs', () => {
  it('compares them as seeds of one experiment', async () => {
    const { runs, acrossRuns } = await ergoscopeJson<Diagnoses>('diagnose', ...names, ...workspace)
    expect(runs.map(({ name }) => name)).toEqual(names)
    expect(acrossRuns?.verdict.id).toBe('weight-laws-differ')
    expect(acrossRuns?.rhat['weights']).toBeCloseTo(1.745, 1)
    expect(Object.keys(acrossRuns?.distances ?? {})).toEqual(['loss', 'weights'])
  }, 60_000)

  it('prints the comparison, and the verdict of one run without one', async () => {
    const several = await ergoscope('diagnose', 'seed0', 'seed2', ...workspace)
    expect(several.stdout).toContain('Across seeds: cannot say')
    expect(several.stdout).toContain('with 2 runs; 4 are needed')
    expect(several.stdout).toContain('the smallest possible is 0.33')
    expect(several.stdout).toMatch(/pass {2}Window distances .*\n.*halves differ by .*\spoints\n/)
    expect(several.stdout).toMatch(
      /not judged in any of the 2 runs\n.*Stationarity gap .*no full gradient norm was recorded; record .*/,
    )
    const [first, ...lines] = several.stdout.split('\n')
    expect(first).toBe('Across seeds: cannot say')
    const at = (text: string) => lines.findIndex((line) => line.startsWith(text))
    expect([at('RUN '), at('seed0  '), at('seed0: '), at('seed2: ')]).toEqual(
      [at('RUN '), at('seed0  '), at('seed0: '), at('seed2: ')].toSorted((a, b) => a - b),
    )
    expect(at('RUN ')).toBeGreaterThan(0)
    expect(lines.filter((line) => line.length > 100)).toEqual([])
    const twice = await ergoscope('diagnose', 'seed0', 'seed2', 'seed0', ...workspace)
    expect([twice.code, twice.stderr]).toEqual([
      2,
      'ergoscope: "seed0" is a run that was given already; give each run once\n',
    ])
    const alone = await ergoscopeJson<Diagnoses>('diagnose', 'seed0', ...workspace)
    expect(alone.acrossRuns?.verdict.id).toBe('untested')
    expect((await ergoscope('diagnose', 'seed0', ...workspace)).stdout).toContain('Across seeds: untested (one seed)')
  }, 60_000)
})
