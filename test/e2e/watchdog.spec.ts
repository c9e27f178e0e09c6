import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { chromium } from '@playwright/test'
import { checkout, electronExecutable } from './fixtures/checkout.ts'
import { expect, test } from './fixtures/electronApp.ts'
import { isRoot } from './fixtures/launchApp.ts'
import { commandLine, processTree } from './fixtures/processTree.ts'
import type { TestFolders } from './fixtures/testFolders.ts'

// A start that hangs, made as a driver makes it: the processes that draw are stopped (SIGSTOP) as soon as they are there. The application knows nothing of the test.

test.skip(process.platform !== 'linux', 'processes are found through /proc')

const isDrawing = (pid: number): boolean => /--type=(zygote|gpu-process|renderer)/.test(commandLine(pid))
const isEngine = (pid: number): boolean => commandLine(pid).includes(join('src-engine', 'host'))
const isWithoutGpu = (pid: number): boolean => commandLine(pid).includes('--disable-gpu')

/** Main processes of the application with these folders, relaunched ones included. */
function mainProcesses(folders: TestFolders): number[] {
  return processTree(1).filter((pid) => {
    const line = commandLine(pid)
    return line.startsWith(electronExecutable()) && line.includes(folders.userData) && !line.includes('--type=')
  })
}

function start(folders: TestFolders, ...flags: string[]): ChildProcess {
  const args = [...(isRoot() ? ['--no-sandbox'] : []), `--user-data-dir=${folders.userData}`, ...flags, checkout]
  return spawn(electronExecutable(), [...args, folders.workspace], {
    env: { ...process.env, ...folders.environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
}

/** Stops whatever draws in those starts that `isFrozen` names, until the test ends. The engine starts before the window and after the watchdog: from then on. */
function freeze(folders: TestFolders, isFrozen: (main: number) => boolean): () => void {
  const timer = setInterval(() => {
    const mains = mainProcesses(folders)
    // A start that another one made is below it for a while.
    const spared = new Set(mains.filter((main) => !isFrozen(main)).flatMap(processTree))
    for (const main of mains.filter(isFrozen)) {
      const own = processTree(main).filter((pid) => !spared.has(pid))
      if (own.some(isEngine)) for (const pid of own.filter(isDrawing)) send(pid, 'SIGSTOP')
    }
  }, 30)
  return () => clearInterval(timer)
}

function endAll(folders: TestFolders): void {
  const stopped = processTree(1).filter((pid) => commandLine(pid).includes(folders.userData))
  for (const pid of [...mainProcesses(folders).flatMap(processTree), ...stopped]) send(pid, 'SIGKILL')
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ESRCH')) throw cause
  }
}

function textOf(child: ChildProcess): () => string {
  let text = ''
  child.stderr?.on('data', (chunk: Buffer) => (text += chunk.toString()))
  return () => text
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // A TCP server has such an address.
  server.close()
  return port
}

test('a first start that hangs is started again, once, without the GPU, and shows its window', async ({ folders }) => {
  const port = await freePort()
  const first = start(folders, `--remote-debugging-port=${port}`)
  const said = textOf(first)
  const thaw = freeze(folders, (main) => !isWithoutGpu(main))
  try {
    await once(first, 'exit')
    expect(said()).toContain('Nothing was drawn within 10 s: starting again with --disable-gpu')
    await expect.poll(() => mainProcesses(folders).some(isWithoutGpu), { timeout: 15_000 }).toBe(true)
    const endpoint = `http://127.0.0.1:${port}`
    const isListening = (): Promise<boolean> =>
      fetch(`${endpoint}/json/version`).then(
        () => true,
        () => false,
      )
    await expect.poll(isListening, { timeout: 15_000 }).toBe(true)
    const browser = await chromium.connectOverCDP(endpoint)
    const page = browser.contexts()[0]?.pages()[0]
    if (!page) throw new Error('the second start has no page')
    await expect(page.getByText('No runs in this folder yet')).toBeVisible({ timeout: 20_000 })
    await browser.close()
    // The watchdog of the second start is at rest: nothing starts a third time.
    await wait(11_000)
    expect(mainProcesses(folders)).toHaveLength(1)
  } finally {
    thaw()
    endAll(folders)
  }
})

test('a second start that hangs too says what to do, starts nothing again, and does not stand in the way of the next', async ({
  folders,
}) => {
  test.setTimeout(90_000)
  const second = start(folders, '--disable-gpu')
  const said = textOf(second)
  const thaw = freeze(folders, () => true)
  try {
    await expect.poll(said, { timeout: 30_000 }).toMatch(/could not be drawn, even without the GPU.*ergoscope doctor/)
    const log = readFileSync(join(folders.userData, 'logs', 'ergoscope.log'), 'utf8')
    expect(log).toContain('could not be drawn')
    await wait(12_000)
    expect(mainProcesses(folders)).toEqual([second.pid])
    thaw()
    const next = start(folders, '--disable-gpu')
    await expect.poll(() => processTree(Number(next.pid)).some(isEngine), { timeout: 20_000 }).toBe(true)
    await wait(2000)
    expect(next.exitCode).toBeNull()
  } finally {
    thaw()
    endAll(folders)
  }
})
