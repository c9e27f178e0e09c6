import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { runFileChecksum } from '#engine/runfile/runFileChecksum.ts'
import { newRun } from './runFolder.ts'

it('is that of the bytes of an ended run, and none while a part of the run is in the log beside the file', async () => {
  const writer = newRun()
  writer.setStatus('failed', '', 1)
  writer.commit()
  expect(await runFileChecksum(writer.file)).toBeNull()
  writer.finish('finished', '', 2)
  const expected = createHash('sha256').update(readFileSync(writer.file)).digest('hex')
  expect(await runFileChecksum(writer.file)).toBe(expected)
})

it('is none of a file that goes while it is read, and one line of one that cannot be read', async () => {
  const writer = newRun()
  writer.finish('finished', '', 1)
  const checksum = runFileChecksum(writer.file)
  rmSync(writer.folder, { recursive: true })
  expect(await checksum).toBeNull()
  await expect(runFileChecksum(import.meta.dirname)).rejects.toMatchObject({
    code: 'unreadable-run',
    message: expect.stringMatching(/cannot be read: .*EISDIR[^\n]*$/),
  })
})

it('leaves those who read the run their locks', async () => {
  const writer = newRun()
  writer.finish('finished', '', 1)
  const reader = new Database(writer.file, { readonly: true })
  reader.exec('BEGIN; SELECT * FROM run')
  await runFileChecksum(writer.file)
  const script = `new (require('better-sqlite3'))(process.argv[1], { timeout: 0 }).exec('BEGIN EXCLUSIVE')`
  const lock = (): unknown =>
    execFileSync(process.execPath, ['--input-type=commonjs', '--eval', script, writer.file], {
      cwd: join(import.meta.dirname, '../..'),
      stdio: 'pipe',
    })
  expect(lock).toThrow('database is locked')
  reader.close()
  expect(lock).not.toThrow()
})
