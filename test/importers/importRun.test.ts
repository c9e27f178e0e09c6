import { mkdirSync, readdirSync, readlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { importRun, previewImport } from '#engine/importers/importRun.ts'
import { temporaryFolder } from '../runfile/runFolder.ts'

function table(content: string): { path: string; workspacePath: string } {
  const folder = temporaryFolder()
  const path = join(folder, 'table.csv')
  writeFileSync(path, content)
  const workspacePath = join(folder, 'runs')
  mkdirSync(workspacePath)
  return { path, workspacePath }
}

/** Files below a folder that this process has open, as Linux tells it. */
function openFiles(folder: string): string[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc/self/fd')
    .map((handle) => {
      try {
        return readlinkSync(`/proc/self/fd/${handle}`)
      } catch {
        return '' // the handle of this very listing
      }
    })
    .filter((target) => target.startsWith(folder))
}

describe('a name that nobody could read back', () => {
  const request = { roles: {}, config: {}, takenNames: [], nowMs: 0 }

  it('is refused in the configuration, and nothing is left behind', async () => {
    const { path, workspacePath } = table('step,loss\n0,1\n')
    const config = Object.fromEntries([['__proto__', 1]])
    await expect(importRun({ ...request, config, path, workspacePath })).rejects.toMatchObject({
      code: 'bad-request',
      message: 'the name __proto__ is not allowed: choose another one',
    })
    expect(readdirSync(workspacePath)).toEqual([])
    expect(openFiles(workspacePath)).toEqual([])
  })

  it('is kept under another as a column, and said', async () => {
    const { path, workspacePath } = table('step,__proto__\n0,1\n')
    const { warnings } = await importRun({ ...request, path, workspacePath })
    expect(warnings).toEqual([expect.stringContaining("the column is '__proto__ (1)'")])
  })
})

describe('the name of a run', () => {
  const named = async (takenNames: string[], name?: string) => {
    const { path, workspacePath } = table('step,loss\n0,1\n')
    const { run, warnings } = await importRun({
      roles: {},
      config: {},
      nowMs: 0,
      path,
      workspacePath,
      takenNames,
      name,
    })
    return [run.name, ...warnings]
  }

  it('is that of the file, with a number where a run has it', async () => {
    expect(await named([])).toEqual(['table'])
    expect(await named(['table (2)'])).toEqual(['table'])
    const [name, warning] = await named(['table', 'table (2)'])
    expect(name).toBe('table (3)')
    expect(warning).toContain("a run is named 'table' already")
  })

  it('is the one that was asked for, with a word about a run that has it', async () => {
    expect(await named(['other'], 'mine')).toEqual(['mine'])
    const [name, warning] = await named(['mine'], 'mine')
    expect(name).toBe('mine')
    expect(warning).toContain('need the id')
  })
})

describe('a preview', () => {
  it('suggests a role by the name of a column only', async () => {
    const { path } = table('step,constructor,loss\n0,1,2\n')
    const { columns } = await previewImport(path)
    expect(columns.map(({ name, suggestedRole }) => [name, suggestedRole])).toEqual([
      ['constructor', null],
      ['loss', 'loss'],
    ])
  })

  it('does not keep a file open that it refuses', async () => {
    const { path } = table(`1,2\n${'3,4\n'.repeat(100_000)}`)
    await expect(previewImport(path)).rejects.toMatchObject({ code: 'invalid-import' })
    await expect.poll(() => openFiles(path)).toEqual([])
  })
})
