import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { withLock } from '../../../scripts/setup/files/withLock.mjs'

let folder: string
let lock: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ergoscope-lock-'))
  lock = join(folder, 'locks', 'part')
})

afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

test('two holders never overlap, and the lock is gone afterwards', async () => {
  const order: string[] = []
  const hold = (name: string) =>
    withLock(
      lock,
      () => {},
      async () => {
        order.push(`${name} in`)
        await new Promise((resolve) => setImmediate(resolve))
        order.push(`${name} out`)
      },
    )
  await Promise.all([hold('first'), hold('second')])
  expect(order).toEqual(['first in', 'first out', 'second in', 'second out'])
  expect(existsSync(lock)).toBe(false)
})

test('the lock of a killed process is taken over', async () => {
  await withLock(
    lock,
    () => {},
    async () => {},
  )
  writeFileSync(lock, String(spawnSync(process.execPath, ['-e', '']).pid))
  const waits: number[] = []
  await expect(
    withLock(
      lock,
      (pid) => waits.push(pid),
      async () => 'done',
    ),
  ).resolves.toBe('done')
  expect(waits).toEqual([])
})

test('a lock whose maker was killed before its number was in it is taken over after a while', async () => {
  mkdirSync(dirname(lock))
  writeFileSync(lock, '')
  utimesSync(lock, new Date(), new Date(Date.now() - 60_000))
  await expect(
    withLock(
      lock,
      () => {},
      async () => 'done',
    ),
  ).resolves.toBe('done')
})

test('a failing action releases the lock', async () => {
  const failing = withLock(
    lock,
    () => {},
    async () => {
      throw new Error('no network')
    },
  )
  await expect(failing).rejects.toThrow('no network')
  expect(existsSync(lock)).toBe(false)
})
