import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ergoscope, ergoscopeJson } from './runCommand.ts'

interface Controlled {
  status: string
  steps: number
  message: string
}

let workspace: string[]
beforeAll(() => {
  workspace = ['--workspace', mkdtempSync(join(tmpdir(), 'ergoscope-cli-'))]
})
afterAll(() => rmSync(workspace[1] ?? '', { recursive: true }))

it('pauses, resumes and stops a detached run, and goes on with it after its end', async () => {
  const control = (action: string) => ergoscopeJson<Controlled>('control', 'long', action, ...workspace)
  await ergoscopeJson('train', 'quadratic-sgd', '--set', 'steps=100000000', '--name', 'long', '--detach', ...workspace)
  const paused = await control('pause')
  expect(paused).toMatchObject({ status: 'paused', message: expect.stringMatching(/^long: paused, step \d+$/) })
  expect((await control('resume')).status).toBe('running')
  const stopped = await control('stop')
  expect(stopped.status).toBe('stopped')
  expect(stopped.steps).toBeGreaterThanOrEqual(paused.steps)

  const refused = await ergoscope('control', 'long', 'pause', ...workspace)
  expect([refused.code, refused.stderr]).toEqual([1, 'ergoscope: long is stopped: there is no worker to pause\n'])

  expect((await control('resume')).message).toBe('long: resumed from its newest checkpoint')
  expect((await control('stop')).steps).toBeGreaterThanOrEqual(stopped.steps)
}, 60_000)
