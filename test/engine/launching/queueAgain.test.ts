import { hostname } from 'node:os'
import { expect, it } from 'vitest'
import { queueAgain } from '#engine/launching/queueAgain.ts'
import { takeRequests, writeRequest } from '#engine/training/control/requests.ts'
import { newRun } from '../../runfile/runFolder.ts'
import { stateOf } from './testRuns.ts'

function stoppedRun(): string {
  const writer = newRun()
  writer.finish('stopped', 'by request', 1)
  return writer.folder
}

it('is done by one of two who resume a run at once', async () => {
  const folder = stoppedRun()
  const answers = await Promise.all([queueAgain(folder), queueAgain(folder)])
  expect(answers.filter((isQueued) => isQueued)).toHaveLength(1)
  expect(stateOf(folder)).toMatchObject({ status: 'queued', worker: null })
})

it('leaves a run alone that a worker has taken over, without waiting for it', async () => {
  const writer = newRun()
  writer.setStatus('running', '', Date.now())
  writer.setWorker({ pid: process.pid, startedAtMs: performance.timeOrigin, host: hostname() })
  writer.commit()
  expect(await queueAgain(writer.folder)).toBe(false)
  expect(stateOf(writer.folder).status).toBe('running')
})

it('forgets what was asked of the worker that ended, and nothing that is asked afterwards', async () => {
  const folder = stoppedRun()
  writeRequest(folder, 'stop', 1)
  await queueAgain(folder)
  writeRequest(folder, 'pause', 2)
  await queueAgain(folder)
  expect(takeRequests(folder)).toEqual({ actions: ['pause'], unreadable: [] })
})
