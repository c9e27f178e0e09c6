import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { finished } from 'node:stream/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openLogFile } from '../../../src-main/engine/logFile.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ergoscope-log-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('lines are appended in their order', async () => {
  const path = join(folder, 'logs', 'ergoscope.log')
  for (const [first, second] of [
    ['one\n', 'two\n'],
    ['three\n', 'four\n'],
  ]) {
    const log = openLogFile(path)
    log.write(first)
    log.end(second)
    await finished(log)
  }
  expect(readFileSync(path, 'utf8')).toBe('one\ntwo\nthree\nfour\n')
})

test('a log that grew large is set aside', () => {
  const path = join(folder, 'ergoscope.log')
  writeFileSync(path, Buffer.alloc(5 * 1024 * 1024))
  openLogFile(path)
  expect(readFileSync(`${path}.old`)).toHaveLength(5 * 1024 * 1024)
})

test('where nothing can be written the engine’s output is read all the same, and the log goes on as soon as it can', async () => {
  const path = join(folder, 'ergoscope.log')
  mkdirSync(path)
  const output = new PassThrough()
  const log = openLogFile(path)
  output.pipe(log, { end: false })
  for (let chunk = 0; chunk < 100; chunk += 1) output.write(Buffer.alloc(64 * 1024))
  await expect.poll(() => output.readableLength + output.writableLength + log.writableLength).toBe(0)
  rmSync(path, { recursive: true })
  log.end('again\n')
  await finished(log)
  expect(readFileSync(path, 'utf8')).toBe('again\n')
})
