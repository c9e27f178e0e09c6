import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { makeFolder } from '#engine/files/makeFolder.ts'

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ergoscope-folder-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

it('makes the folder and those above it, and leaves one that is there', () => {
  const folder = join(temporaryFolder(), 'a', 'b', 'c')
  makeFolder(folder)
  makeFolder(folder)
  expect(statSync(folder).isDirectory()).toBe(true)
})

it('says that a file is in the way, wherever it is', () => {
  const file = join(temporaryFolder(), 'file')
  writeFileSync(file, '')
  for (const folder of [file, join(file, 'below')]) expect(() => makeFolder(folder)).toThrow('a file is in the way')
})

it.runIf(process.platform === 'linux')('does not hang where the kernel makes no folders', () => {
  expect(() => makeFolder('/proc/ergoscope-test/runs')).toThrow(/^cannot make the folder .*read-only$/)
})
