import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, watch } from 'node:fs'
import { hostname } from 'node:os'
import { expect, it, onTestFinished } from 'vitest'
import { controlRun } from '#engine/launching/controlRun.ts'
import { requestsFolder } from '#engine/training/control/requests.ts'
import { newRun } from '../../runfile/runFolder.ts'

/** A run whose worker takes no requests: `kill` ends it. */
async function busyRun(): Promise<{ folder: string; kill: () => Promise<void> }> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child, 'spawn')
  const writer = newRun()
  writer.setStatus('running', '', Date.now())
  writer.setWorker({ pid: child.pid ?? 0, startedAtMs: Date.now(), host: hostname() })
  writer.commit()
  return {
    folder: writer.folder,
    async kill() {
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    },
  }
}

it('says so when the worker ends before it sees what it was asked, and takes the request back', async () => {
  const { folder, kill } = await busyRun()
  mkdirSync(requestsFolder(folder))
  const watcher = watch(requestsFolder(folder))
  const asked = once(watcher, 'change')
  const answer = controlRun(folder, 'pause', '/no/worker').catch((cause: unknown) => cause)
  await asked
  watcher.close()
  await kill()
  expect(await answer).toMatchObject({
    code: 'cannot-control',
    message: 'noisy labels is lost: there is no worker to pause',
  })
  expect(readdirSync(requestsFolder(folder))).toEqual([])
})
