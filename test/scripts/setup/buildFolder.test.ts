import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { buildFolder } from '../../../scripts/setup/files/buildFolder.mjs'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ergoscope-build-folder-'))
})

afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

test('the target appears complete', async () => {
  const target = join(folder, 'part')
  await buildFolder(target, async (partial) => {
    writeFileSync(join(partial, 'file'), 'x')
    expect(existsSync(target)).toBe(false)
  })
  expect(readdirSync(folder)).toEqual(['part'])
  expect(readdirSync(target)).toEqual(['file'])
})

test('a failed build leaves nothing', async () => {
  const failing = buildFolder(join(folder, 'part'), async () => {
    throw new Error('disk full')
  })
  await expect(failing).rejects.toThrow('disk full')
  expect(readdirSync(folder)).toEqual([])
})

test('what a killed build left is removed, what a living one makes is kept', async () => {
  const deadPid = spawnSync(process.execPath, ['-e', '']).pid
  mkdirSync(join(folder, `part.partial-${deadPid}`))
  mkdirSync(join(folder, `part.partial-${process.ppid}`))
  await buildFolder(join(folder, 'part'), async () => {})
  expect(readdirSync(folder).toSorted()).toEqual(['part', `part.partial-${process.ppid}`])
})

test('the result of a faster process stands', async () => {
  const target = join(folder, 'part')
  await buildFolder(target, async () => {
    mkdirSync(target)
    writeFileSync(join(target, 'theirs'), '')
  })
  expect(readdirSync(target)).toEqual(['theirs'])
})
