import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, watch } from 'node:fs'
import { hostname } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'
import { controlRun } from '#engine/launching/controlRun.ts'
import type { RunWriter } from '#engine/runfile/runFile.ts'
import { requestsFolder, takeRequests } from '#engine/training/control/requests.ts'
import { newRun } from '../../runfile/runFolder.ts'

/** A run whose worker takes no requests: `kill` ends it. */
async function busyRun(): Promise<{ folder: string; writer: RunWriter; kill: () => Promise<void> }> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child, 'spawn')
  const writer = newRun()
  writer.setStatus('running', '', Date.now())
  writer.setWorker({ pid: child.pid ?? 0, startedAtMs: Date.now(), host: hostname() })
  writer.commit()
  return {
    folder: writer.folder,
    writer,
    async kill() {
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** Resolves when something is asked of the run's worker. */
async function requestIn(folder: string): Promise<void> {
  mkdirSync(requestsFolder(folder))
  const watcher = watch(requestsFolder(folder))
  while (!readdirSync(requestsFolder(folder)).some((name) => name.endsWith('.json'))) await once(watcher, 'change')
  watcher.close()
}

it('says so when the worker ends before it sees what it was asked, and takes the request back', async () => {
  const { folder, kill } = await busyRun()
  const asked = requestIn(folder)
  const answer = controlRun(folder, 'pause', '/no/worker').catch((cause: unknown) => cause)
  await asked
  await kill()
  expect(await answer).toMatchObject({
    code: 'cannot-control',
    message: 'noisy labels is lost: there is no worker to pause',
  })
  expect(readdirSync(requestsFolder(folder))).toEqual([])
})

it('says that a run stopped when its file is one plain file', async () => {
  const { folder, writer } = await busyRun()
  const asked = requestIn(folder)
  const answer = controlRun(folder, 'stop', '/no/worker')
  const left = answer.then(() => readdirSync(folder).toSorted())
  await asked
  takeRequests(folder)
  writer.setStatus('stopped', '', Date.now())
  writer.commit()
  await Promise.race([answer, delay(200)])
  writer.finish('stopped', '', Date.now())
  expect(await answer).toBe('noisy labels: stopped, step 0')
  expect(await left).toEqual(['requests', 'run.sqlite'])
})
