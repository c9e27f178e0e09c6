import { expect, it } from 'vitest'
import { classifyWorkerEnd, recordWorkerEnd } from '#engine/launching/recordWorkerEnd.ts'
import { newRun } from '../../runfile/runFolder.ts'
import { stateOf } from './testRuns.ts'

it.each([
  [{ code: null, signal: 'SIGKILL' }, 'killed', 'by SIGKILL after 120 steps'],
  [{ code: null, signal: 'SIGTERM' }, 'killed', 'by SIGTERM after 120 steps'],
  [{ code: null, signal: 'SIGSEGV' }, 'crashed', 'SIGSEGV after 120 steps: see worker.log'],
  [{ code: null, signal: 'SIGABRT' }, 'crashed', 'SIGABRT after 120 steps: see worker.log'],
  [{ code: 1, signal: null }, 'crashed', 'exit code 1 after 120 steps: see worker.log'],
  [{ code: 134, signal: null }, 'crashed', 'exit code 134 after 120 steps: see worker.log'],
  [{ code: 3, signal: null }, 'failed', 'the worker ended and could not record why: see worker.log'],
] as const)('%o is %s', (end, status, detail) => {
  expect(classifyWorkerEnd({ pid: 1, spawnError: null, ...end }, 120)).toEqual({ status, detail })
})

it('a worker that could not be started has failed', () => {
  expect(classifyWorkerEnd({ pid: null, code: null, signal: null, spawnError: 'spawn ENOMEM' }, 0)).toEqual({
    status: 'failed',
    detail: 'the worker could not be started: spawn ENOMEM',
  })
})

const killed = { pid: 4_000_000, code: null, signal: 'SIGKILL', spawnError: null } as const

it('is not recorded where the run was queued for another worker since', async () => {
  const writer = newRun()
  writer.heartbeat(2000)
  writer.close()
  await recordWorkerEnd(writer.folder, { ...killed, launchedAtMs: 1000 })
  expect(stateOf(writer.folder).status).toBe('queued')
  await recordWorkerEnd(writer.folder, { ...killed, launchedAtMs: 3000 })
  expect(stateOf(writer.folder)).toMatchObject({ status: 'killed', statusDetail: 'by SIGKILL after 0 steps' })
})

it('is recorded once whoever else writes the run has done so', async () => {
  const writer = newRun()
  writer.setStatus('running', '', 1)
  writer.setWorker({ pid: killed.pid, startedAtMs: 1, host: 'workshop' })
  writer.commit()
  const recorded = recordWorkerEnd(writer.folder, { ...killed, launchedAtMs: 1 }, { retryEveryMs: 20 })
  writer.close()
  await recorded
  expect(stateOf(writer.folder).status).toBe('killed')
})
