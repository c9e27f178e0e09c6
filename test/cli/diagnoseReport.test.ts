import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ergoscope, ergoscopeJson } from './runCommand.ts'

let folder: string
let workspace: string[]

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ergoscope-cli-'))
  workspace = ['--workspace', join(folder, 'runs')]
  const trace = join(import.meta.dirname, '..', 'fixtures', 'reference', 'q2_heavyball_quadratic_5d.csv')
  await ergoscopeJson('import', trace, '--name', 'heavy ball', '--role', 'loss=loss', ...workspace)
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true }))

describe('diagnose --report', () => {
  it('writes one HTML file beside the JSON document', async () => {
    const path = join(folder, 'report.html')
    writeFileSync(path, 'an older report')
    const margin = ['--margin', 'permutationCount=99']
    const outcome = await ergoscope('diagnose', 'heavy ball', '--report', path, '--json', ...margin, ...workspace)
    expect(outcome.code).toBe(0)
    const [run] = (JSON.parse(outcome.stdout) as { runs: { id: string; verdict: { summary: string } }[] }).runs // As documented.
    const page = readFileSync(path, 'utf8')
    expect(page).toMatch(/^<!doctype html>/)
    expect(page).toContain(`<p class="claim">${run?.verdict.summary}`)
    expect(page).toContain(`ergoscope diagnose ${run?.id} --margin permutationCount=99 --report FILE.html`)
    expect(outcome.stderr).toMatch(/report\.html: report of 1 run, \d+\skB\n$/)
  }, 60_000)

  it('says in one line that it cannot write there, before it diagnoses', async () => {
    const missing = await ergoscope('diagnose', 'no such run', '--report', join(folder, 'no', 'x.html'), ...workspace)
    expect([missing.code, missing.stdout]).toEqual([1, ''])
    expect(missing.stderr).toMatch(
      /^ergoscope: --report .*x\.html: there is no folder .*no; make it, or choose another\n$/,
    )
    const taken = await ergoscope('diagnose', 'heavy ball', '--report', folder, ...workspace)
    expect(taken.stderr).toMatch(/^ergoscope: --report .*: it is a folder; the name of a file is needed\n$/)
    expect(existsSync(join(folder, 'no'))).toBe(false)
  }, 60_000)
})
