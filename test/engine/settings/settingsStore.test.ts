import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createSettingsStore } from '#engine/settings/settingsStore.ts'

let folder: string
let file: string
let lines: string[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ergoscope-settings-'))
  file = join(folder, 'ergoscope', 'settings.json')
  lines = []
})

afterEach(() => rmSync(folder, { recursive: true }))

const open = () => createSettingsStore((line) => lines.push(line), file)

test('without a file everything has its default', () => {
  expect(open().read()).toEqual({ theme: 'system', density: 'compact', recentWorkspaces: [], margins: {} })
})

test('an update changes only what it names, and survives', () => {
  open().update({ margins: { edgeLow: 0.8 } })
  open().update({ theme: 'dark' })
  expect(open().read()).toMatchObject({ theme: 'dark', margins: { edgeLow: 0.8 } })
})

test('keys of a newer version stay in the file', () => {
  open().update({ theme: 'light' })
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), telescope: { mirrors: 3 } }))
  open().update({ density: 'comfortable' })
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
    theme: 'light',
    density: 'comfortable',
    telescope: { mirrors: 3 },
  })
})

test('a value that only a newer version knows has its default, and is there again after an upgrade', () => {
  const newer = {
    theme: 'sepia',
    density: 'comfortable',
    recentWorkspaces: [{ path: '/data', openedAtMs: 1, runCount: 2 }],
    margins: { edgeLow: 0.8 },
  }
  open().update({})
  writeFileSync(file, JSON.stringify(newer))
  expect(open().read()).toEqual({ ...newer, theme: 'system' })
  open().rememberWorkspace('/other', 3, 4)
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ theme: 'sepia', density: 'comfortable' })
  expect(
    open()
      .read()
      .recentWorkspaces.map(({ path }) => path),
  ).toEqual(['/other', '/data'])
  expect(lines).toEqual([])
})

test.each(['{"theme": "da', '[]', ''])('a file with %j is set aside with one line', (content) => {
  open().update({ theme: 'dark' })
  writeFileSync(file, content)
  expect(open().read().theme).toBe('system')
  expect(lines).toHaveLength(1)
  expect(readFileSync(`${file}.unreadable`, 'utf8')).toBe(content)
  expect(existsSync(file)).toBe(false)
})

test('recent workspaces: newest first, each once, at most twelve', () => {
  const store = open()
  for (let i = 0; i < 15; i++) store.rememberWorkspace(`/workspace/${i}`, i, i)
  store.rememberWorkspace('/workspace/9', 99, 100)
  const { recentWorkspaces } = store.read()
  expect(recentWorkspaces).toHaveLength(12)
  expect(recentWorkspaces[0]).toEqual({ path: '/workspace/9', runCount: 99, openedAtMs: 100 })
  expect(recentWorkspaces.filter(({ path }) => path === '/workspace/9')).toHaveLength(1)
})
