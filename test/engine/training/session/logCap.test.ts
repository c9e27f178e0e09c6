import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { capLog } from '#engine/training/session/logCap.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ergoscope-log-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

it('leaves a small log as it is', () => {
  const file = join(folder, 'worker.log')
  appendFileSync(file, 'x'.repeat(1000))
  capLog(file, 1000)
  expect(readFileSync(file, 'utf8')).toBe('x'.repeat(1000))
})

it('keeps the newer half of a large one, and what is appended afterwards', () => {
  const file = join(folder, 'worker.log')
  appendFileSync(file, `${'old '.repeat(300)}${'new '.repeat(100)}`)
  capLog(file, 800)
  appendFileSync(file, 'newest')
  expect(readFileSync(file, 'utf8')).toBe(`(older lines were dropped at 800 bytes)\n${'new '.repeat(100)}newest`)
})
