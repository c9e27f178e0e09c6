import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { expect, it, onTestFinished } from 'vitest'
import { createSettingsStore } from '#engine/settings/settingsStore.ts'
import { temporaryFolder } from '../../runfile/runFolder.ts'

async function ask(child: ChildProcess, message: object): Promise<void> {
  const answer = once(child, 'message')
  child.send(message)
  await answer
}

it('settings that three processes change are all kept', async () => {
  const children = ['/a', '/b', '/c'].map((path) =>
    fork(join(import.meta.dirname, 'workers', 'settingsChanger.ts'), [path]),
  )
  onTestFinished(() => children.forEach((child) => void child.kill()))
  await Promise.all(children.map((child) => once(child, 'message')))
  for (let round = 0; round < 12; round += 1) {
    const folder = temporaryFolder()
    const file = join(folder, 'settings.json')
    const atMs = Date.now() + 10
    await Promise.all(children.map((child) => ask(child, { file, atMs })))
    const { recentWorkspaces } = createSettingsStore(() => {}, file).read()
    expect(recentWorkspaces.map(({ path }) => path).toSorted()).toEqual(['/a', '/b', '/c'])
    expect(readdirSync(folder)).toEqual(['settings.json'])
  }
})

it('a file that two threads write is whole, and nothing is left beside it', async () => {
  const folder = temporaryFolder()
  const file = join(folder, 'report.html')
  const entry = new URL('./workers/atomicWriter.ts', import.meta.url)
  const threads = ['a', 'b'].map(
    (letter) => new Worker(entry, { workerData: { file, content: letter.repeat(10_000) } }),
  )
  expect(await Promise.all(threads.map((thread) => once(thread, 'message')))).toEqual([['written'], ['written']])
  expect(readFileSync(file, 'utf8')).toMatch(/^(a{10000}|b{10000})$/)
  expect(readdirSync(folder)).toEqual(['report.html'])
})
