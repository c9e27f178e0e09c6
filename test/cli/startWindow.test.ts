import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { whatNext } from '../../src-engine/cli/commands/demo.ts'
import { startWindow } from '../../src-engine/cli/startWindow.ts'
import { ergoscope } from './runCommand.ts'

let folder: string
const program = (script: string): string => {
  const file = join(folder, 'window')
  writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  return file
}
const withDisplay = (display: string | undefined): void => {
  vi.stubEnv('DISPLAY', display)
  vi.stubEnv('WAYLAND_DISPLAY', undefined)
  vi.spyOn(process, 'getuid').mockReturnValue(1000)
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ergoscope-window-'))
})
afterAll(() => rmSync(folder, { recursive: true }))
afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

test('a window that stays, and one that passes its target on and ends, are no failures', async () => {
  withDisplay(':0')
  await expect(startWindow(program('sleep 3'), folder)).resolves.toBeUndefined()
  await expect(startWindow(program('exit 0'), folder)).resolves.toBeUndefined()
})

test('a window that ends at once is said in one line', async () => {
  withDisplay(':0')
  await expect(startWindow(program('exit 3'), folder)).rejects.toThrow(/^the window ended at once \(3\); [^\n]+$/)
  await expect(startWindow(program('kill -9 $$'), folder)).rejects.toThrow(/^the window ended at once \(SIGKILL\); /)
})

test.runIf(process.platform === 'linux')('without a display the terminal’s way to the same is named', async () => {
  withDisplay(undefined)
  const run = join(folder, 'run-1')
  mkdirSync(run)
  writeFileSync(join(run, 'run.sqlite'), '')
  await expect(startWindow(program('exit 0'), folder)).rejects.toThrow(`ergoscope runs --workspace ${folder}`)
  await expect(startWindow(program('exit 0'), run)).rejects.toThrow(`ergoscope show ${run}`)
})

test('a path that is not there is said before anything starts', async () => {
  const { code, stderr } = await ergoscope('open', join(folder, 'nowhere'))
  expect(code).toBe(1)
  expect(stderr).toBe(
    `ergoscope: ${join(folder, 'nowhere')} does not exist: give the folder of a workspace or of a run\n`,
  )
})

test('the demo ends with what works here: the window, or a file where none can be seen', () => {
  const runs = [{ id: '98559fbf-b26e-468f' }, { id: 'cfd9aabf-b26e-468f' }]
  expect(whatNext('/home/me/Ergoscope/demo', runs, true)).toMatch(/ergoscope -- open \/home\/me\/Ergoscope\/demo$/)
  expect(whatNext('/home/my user/it', runs, false)).toMatch(
    / diagnose 98559fbf cfd9aabf --workspace '\/home\/my user\/it' --report demo\.html$/,
  )
})
