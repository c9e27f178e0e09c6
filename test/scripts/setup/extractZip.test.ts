import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { extractZip } from '../../../scripts/setup/files/extractZip.mjs'

const extractInto = fileURLToPath(new URL('../../fixtures/scripts/extractInto.mjs', import.meta.url))
const bigFileBytes = 50e6
const bigFileCount = 6

let folder: string
let archive: string
let target: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ergoscope-extract-'))
  const content = join(folder, 'content')
  mkdirSync(content)
  writeFileSync(join(content, 'run.sh'), '#!/bin/sh\n', { mode: 0o755 })
  writeFileSync(join(content, 'big'), Buffer.alloc(bigFileBytes))
  archive = join(folder, 'archive.zip')
  const write = [
    'import sys, zipfile',
    'archive = zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED, compresslevel=1)',
    'archive.write(sys.argv[2] + "/run.sh", "bin/run.sh")',
    `[archive.write(sys.argv[2] + "/big", f"data/big{i}") for i in range(${bigFileCount})]`,
    'archive.close()',
  ].join('\n')
  execFileSync('python3', ['-c', write, archive, content])
})

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

beforeEach(() => {
  const parent = mkdtempSync(join(folder, 'parent-'))
  target = join(parent, 'part')
})

test('chosen files keep their executable bits, others are left out', async () => {
  let bytes = 0
  await extractZip(
    archive,
    target,
    (path) => (path === 'bin/run.sh' ? 'sh/run.sh' : undefined),
    (written) => (bytes = written),
  )
  expect(readdirSync(target)).toEqual(['sh'])
  expect(statSync(join(target, 'sh/run.sh')).mode & 0o777).toBe(0o755)
  expect(bytes).toBe(10)
})

/** Starts an extraction and ends it by `signal` once it has begun to write. */
async function interrupt(signal: NodeJS.Signals) {
  const child = spawn(process.execPath, [extractInto, archive, target], { stdio: 'ignore' })
  const ended = once(child, 'exit')
  const partial = `${target}.partial-${child.pid}`
  while (!existsSync(join(partial, 'data')) && child.exitCode === null) await wait(1)
  child.kill(signal)
  await ended
  expect(existsSync(target)).toBe(false)
  return partial
}

test('killed while extracting, it starts anew the next time and leaves nothing half-made', async () => {
  const partial = await interrupt('SIGKILL')
  expect(existsSync(partial)).toBe(true)
  execFileSync(process.execPath, [extractInto, archive, target])
  expect(readdirSync(join(target, '..'))).toEqual(['part'])
  expect(statSync(join(target, `data/big${bigFileCount - 1}`)).size).toBe(bigFileBytes)
})

test('Ctrl-C while extracting removes at once what was begun', async () => {
  const partial = await interrupt('SIGINT')
  expect(existsSync(partial)).toBe(false)
})
