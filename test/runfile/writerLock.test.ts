import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { temporaryFolder } from './runFolder.ts'

it('belongs to one process at a time, however many take it and give it back', { timeout: 120_000 }, async () => {
  const folder = temporaryFolder()
  const script = fileURLToPath(new URL('./lockTaker.ts', import.meta.url))
  const takers = await Promise.all(
    [1, 2, 3, 4].map(() => promisify(execFile)(process.execPath, [script, folder, '1000'])),
  )
  const met = takers.map(({ stdout }) => JSON.parse(stdout) as { refused: number; heldByTwo: number })
  expect(met.map(({ heldByTwo }) => heldByTwo)).toEqual([0, 0, 0, 0])
  expect(met.reduce((sum, { refused }) => sum + refused, 0)).toBeGreaterThan(0)
  expect(readdirSync(folder)).toEqual([])
})
