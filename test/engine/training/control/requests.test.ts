import { mkdtempSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { requestsFolder, takeRequests, writeRequest } from '#engine/training/control/requests.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ergoscope-requests-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

it('are taken once, oldest first', () => {
  writeRequest(folder, 'resume', 2000)
  writeRequest(folder, 'pause', 1000)
  expect(takeRequests(folder)).toEqual({ actions: ['pause', 'resume'], unreadable: [] })
  expect(takeRequests(folder)).toEqual({ actions: [], unreadable: [] })
})

it('are none where no folder is', () => {
  expect(takeRequests(join(folder, 'missing'))).toEqual({ actions: [], unreadable: [] })
})

it('that cannot be understood are named and removed; half-written ones are left alone', () => {
  const requests = requestsFolder(folder)
  writeRequest(folder, 'probe', 1)
  writeFileSync(join(requests, 'a.json'), '{"action":')
  writeFileSync(join(requests, 'b.json'), '{"action":"explode"}')
  writeFileSync(join(requests, '.c.json.new'), '{"act')
  mkdirSync(join(requests, 'd'))
  expect(takeRequests(folder)).toEqual({ actions: ['probe'], unreadable: ['a.json', 'b.json', 'd'] })
  expect(readdirSync(requests)).toEqual(['.c.json.new'])
})

it('that are taken back between two looks at them are none', () => {
  writeRequest(folder, 'probe', 1)
  symlinkSync(join(folder, 'gone'), join(requestsFolder(folder), 'a.json'))
  expect(takeRequests(folder)).toEqual({ actions: ['probe'], unreadable: [] })
})
