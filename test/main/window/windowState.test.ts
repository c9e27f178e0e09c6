import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { boundsOnScreen, readWindowState, writeWindowState } from '../../../src-main/window/windowState.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ergoscope-window-'))
})

afterEach(() => rmSync(folder, { recursive: true }))

test('what was written is read again', () => {
  const state = { bounds: { x: 10, y: 20, width: 1300, height: 800 }, isMaximized: true, theme: 'dark' } as const
  writeWindowState(join(folder, 'deep', 'window.json'), state)
  expect(readWindowState(join(folder, 'deep', 'window.json'))).toEqual(state)
})

test.each(['', '{', 'null', '[]', '{"bounds": {"x": "1"}, "theme": "pink", "isMaximized": 1}'])(
  'a file with %j gives the initial state',
  (text) => {
    writeFileSync(join(folder, 'window.json'), text)
    expect(readWindowState(join(folder, 'window.json'))).toEqual({ bounds: null, isMaximized: false, theme: 'system' })
  },
)

test('bounds are used when the title bar can be grasped on a screen', () => {
  const screens = [{ x: 0, y: 0, width: 1920, height: 1080 }]
  const size = { width: 1440, height: 900 }
  expect(boundsOnScreen({ x: 100, y: 50, ...size }, screens)).toEqual({ x: 100, y: 50, ...size })
  expect(boundsOnScreen({ x: -1400, y: 50, ...size }, screens)).toBeNull()
  expect(boundsOnScreen({ x: 2500, y: 50, ...size }, screens)).toBeNull()
  expect(boundsOnScreen({ x: 100, y: 1070, ...size }, screens)).toBeNull()
  expect(boundsOnScreen(null, screens)).toBeNull()
})
