import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
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

/** Stops whatever this start draws with, as it comes, until another start is there. The engine starts before the window and after the watchdog: from then on. */
function freeze(folders: TestFolders, { pid: started = 0 }: ChildProcess): () => void {
  const timer = setInterval(() => {
    if (mainProcesses(folders).some((main) => main !== started)) return
    const tree = processTree(started)
    if (tree.some(isEngine)) for (const pid of tree.filter(isDrawing)) send(pid, 'SIGSTOP')
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

/** Where Chromium says that its debugging port is. The file is missing or empty while a start has none yet. */
function debuggingAddress({ userData }: TestFolders): string {
  return `http://127.0.0.1:${readFileSync(join(userData, 'DevToolsActivePort'), 'utf8').split('\n')[0]}`
}

test('a first start that hangs is started again, once, without the GPU, and shows its window', async ({ folders }) => {
  const first = start(folders, '--remote-debugging-port=0')
  const said = textOf(first)
  const thaw = freeze(folders, first)
  try {
    if (first.exitCode === null && first.signalCode === null) await once(first, 'exit')
    thaw()
    await expect.poll(said).toContain('Nothing was drawn within 10 s: starting again with --disable-gpu')
    await expect.poll(() => mainProcesses(folders).some(isWithoutGpu), { timeout: 15_000 }).toBe(true)
    // Whoever attaches to a page that is just being made can wait for ever.
    await expect(async () => {
      const answer = await fetch(`${debuggingAddress(folders)}/json/list`, { signal: AbortSignal.timeout(2000) })
      expect(await answer.text()).toMatch(/"title": "Ergoscope",\s+"type": "page"/)
    }).toPass({ timeout: 20_000 })
    const browser = await chromium.connectOverCDP(debuggingAddress(folders))
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
  const thaw = freeze(folders, second)
  try {
    await expect.poll(said, { timeout: 30_000 }).toMatch(/could not be drawn, even without the GPU.*ergoscope doctor/)
    const log = (): string => readFileSync(join(folders.userData, 'logs', 'ergoscope.log'), 'utf8')
    await expect.poll(log).toContain('could not be drawn')
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
