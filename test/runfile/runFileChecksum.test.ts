import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
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
