import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { EngineState } from '#shared/contract/bridge.ts'
import { createEngineSupervisor, type EngineSupervisor } from '../../../src-main/engine/engineSupervisor.ts'

const checkout = join(import.meta.dirname, '..', '..', '..')
let folder: string
let supervisor: EngineSupervisor
let states: EngineState[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ergoscope-supervisor-'))
  states = []
})

afterEach(async () => {
  await supervisor.stop()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

function supervise(entry: string, pulse = { everyMs: 5000, patienceMs: 15_000 }): void {
  supervisor = createEngineSupervisor({
    location: { node: process.execPath, entry },
    environment: { ...process.env, XDG_CONFIG_HOME: join(folder, 'config') },
    log: new PassThrough().resume(),
    logPath: '/the/log',
    pulse,
  })
  supervisor.onState((state) => states.push(state))
  supervisor.start()
}

/** A stand-in for an engine: a program with this text. */
function program(text: string): string {
  const path = join(folder, 'engine.mjs')
  writeFileSync(path, text)
  return path
}

function nextState(wanted: EngineState['state']): Promise<EngineState> {
  return new Promise((resolve) => {
    const end = supervisor.onState((state) => {
      if (state.state !== wanted) return
      end()
      resolve(state)
    })
  })
}

describe('the real engine', () => {
  const entry = join(checkout, 'src-engine', 'host', 'main.ts')

  test('a call that is made while it starts waits for it', async () => {
    supervise(entry)
    expect(await supervisor.call('settings.read', {})).toMatchObject({ theme: 'system' })
    expect(states).toEqual([{ state: 'ready', message: '' }])
  })

  test('kill -9, 4 times: open calls and subscriptions end with engine-unavailable, the next engine answers', async () => {
    supervise(entry)
    await supervisor.call('workspace.open', { path: join(folder, 'workspace'), create: true })
    for (let round = 0; round < 4; round++) {
      const pid = supervisor.pid()
      const subscriptionEnded = new Promise((resolve) => {
        supervisor.subscribe(
          'workspace.changes',
          { workspace: join(folder, 'workspace') },
          { onEvent: () => {}, onEnd: resolve },
        )
      })
      // The doctor takes seconds: it is under way when the engine dies.
      const open = supervisor.call('engine.doctor', {}).catch((cause: unknown) => cause)
      process.kill(Number(pid), 'SIGKILL')
      expect(await open).toMatchObject({ code: 'engine-unavailable' })
      expect(await subscriptionEnded).toMatchObject({ code: 'engine-unavailable' })
      expect(await supervisor.call('settings.read', {})).toMatchObject({ theme: 'system' })
      expect(supervisor.pid()).not.toBe(pid)
    }
    expect(states.filter((state) => state.state === 'restarting')).toHaveLength(4)
    for (const { message } of states) expect(message).not.toContain('\n')
  })

  test('stop ends the process', async () => {
    supervise(entry)
    await supervisor.call('settings.read', {})
    const pid = Number(supervisor.pid())
    await supervisor.stop()
    expect(() => process.kill(pid, 0)).toThrow('ESRCH')
  })
})

describe('an engine that is stopped (SIGSTOP), alive but silent', () => {
  const entry = join(checkout, 'src-engine', 'host', 'main.ts')
  const pulse = { everyMs: 50, patienceMs: 700 }

  test('is told in one line; when it goes on, it is ready again, and what was asked meanwhile is answered', async () => {
    supervise(entry, pulse)
    await supervisor.call('settings.read', {})
    const pid = Number(supervisor.pid())
    const hung = nextState('hung')
    process.kill(pid, 'SIGSTOP')
    expect(await hung).toEqual({
      state: 'hung',
      message: 'The engine has not answered for 0.7 s; runs and data are not affected',
    })
    const answer = supervisor.call('settings.read', {})
    const ready = nextState('ready')
    process.kill(pid, 'SIGCONT')
    await ready
    expect(await answer).toMatchObject({ theme: 'system' })
    expect(supervisor.pid()).toBe(pid)
  })

  test('is restarted when the user wants it: open calls end, the next engine answers', async () => {
    supervise(entry, pulse)
    await supervisor.call('settings.read', {})
    const pid = Number(supervisor.pid())
    const hung = nextState('hung')
    process.kill(pid, 'SIGSTOP')
    await hung
    const open = supervisor.call('settings.read', {}).catch((cause: unknown) => cause)
    supervisor.restart()
    expect(await open).toMatchObject({ code: 'engine-unavailable' })
    expect(await supervisor.call('settings.read', {})).toMatchObject({ theme: 'system' })
    expect(supervisor.pid()).not.toBe(pid)
  })

  test('is ended with the application', async () => {
    supervise(entry, pulse)
    await supervisor.call('settings.read', {})
    const pid = Number(supervisor.pid())
    process.kill(pid, 'SIGSTOP')
    await supervisor.stop()
    expect(() => process.kill(pid, 0)).toThrow('ESRCH')
  })
})

describe('an engine that does not work', () => {
  test('one that ends at once is unavailable after some tries, says where its log is, and calls fail at once', async () => {
    supervise(program('process.exit(3)'))
    const { message } = await nextState('unavailable')
    expect(message).toContain('exit code 3')
    expect(message).toContain('/the/log')
    await expect(supervisor.call('settings.read', {})).rejects.toMatchObject({ code: 'engine-unavailable' })
  })

  test('one that sends garbage is killed and started again', async () => {
    supervise(program(`process.stdout.write(Buffer.alloc(64, 255)); setInterval(() => {}, 1000)`))
    expect((await nextState('restarting')).message).toContain('SIGKILL')
  })

  test('a Node that is not there', async () => {
    supervisor = createEngineSupervisor({
      location: { node: '/no/such/node', entry: 'x' },
      environment: {},
      log: new PassThrough().resume(),
      logPath: '/the/log',
    })
    supervisor.onState((state) => states.push(state))
    supervisor.start()
    expect((await nextState('restarting')).message).toContain('ENOENT')
  })
})
