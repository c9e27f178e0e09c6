import { expect, it } from 'vitest'
import { classifyWorkerEnd } from '#engine/launching/recordWorkerEnd.ts'

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
