import { existsSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { judgeLife } from '#engine/runfile/judgeLife.ts'
import { openRunReader } from '#engine/runfile/reader.ts'
import type { RunState } from '#engine/runfile/runFile.ts'
import { takeRequests, writeRequest } from '#engine/training/control/requests.ts'
import type { ControlAction } from '#shared/contract/training.ts'
import { ErgoscopeError } from '#shared/errors.ts'
import { isLive, type RunStatus } from '#shared/run.ts'
import { queueAgain } from './queueAgain.ts'
import { launch } from './startRun.ts'

const pollEveryMs = 25
const answerWithinMs = 5000
const supervisorWithinMs = 1500

/** What a worker does once it has taken a request, for the user. */
const answers: Record<ControlAction, string> = {
  pause: 'paused',
  resume: 'goes on',
  stop: 'stopping after a checkpoint',
  probe: 'probing now',
  checkpoint: 'writing a checkpoint',
}

export async function controlRun(runFolder: string, action: ControlAction, workerEntry: string): Promise<string> {
  const state = readState(runFolder)
  const { status } = judgeLife(state, Date.now())
  if (isLive(status)) return askWorker(runFolder, state, action)
  if (action === 'resume') return resumeEnded(runFolder, workerEntry)
  throw new ErgoscopeError('cannot-control', `${state.name} is ${status}: there is no worker to ${action}`)
}

async function askWorker(runFolder: string, state: RunState, action: ControlAction): Promise<string> {
  if (action === 'pause' && state.status === 'paused') return `${state.name} is paused already`
  if (action === 'resume' && state.status === 'running') return `${state.name} is running already`
  const request = writeRequest(runFolder, action, Date.now())
  const isTaken = await waitFor(() => !existsSync(request), answerWithinMs)
  if (!isTaken) return `${state.name}: asked to ${action}; the worker is busy and will do it as soon as it can`
  const isSettled = settledStatus[action]
  if (isSettled) await waitFor(() => isSettled.has(readState(runFolder).status), answerWithinMs)
  const { status, steps } = readState(runFolder)
  return `${state.name}: ${status === 'finished' ? 'finished' : status === 'stopped' ? 'stopped' : answers[action]}, step ${steps}`
}

const settledStatus: Partial<Record<ControlAction, ReadonlySet<RunStatus>>> = {
  pause: new Set(['paused', 'finished', 'stopped', 'failed']),
  resume: new Set(['running', 'finished', 'stopped', 'failed']),
  stop: new Set(['stopped', 'finished', 'failed']),
}

async function resumeEnded(runFolder: string, workerEntry: string): Promise<string> {
  // A worker that has just died: its supervisor writes down how, before anything else is written.
  await waitFor(() => !isLive(readState(runFolder).status), supervisorWithinMs)
  const state = readState(runFolder)
  if (state.recipeYaml === null)
    throw new ErgoscopeError('cannot-control', `${state.name} was not trained here: it has no recipe to go on by`)
  if (state.status === 'finished')
    throw new ErgoscopeError(
      'cannot-control',
      `${state.name} is finished: it has reached its last step, ${state.plannedSteps ?? state.steps}`,
    )
  await queueAgain(runFolder)
  // What was asked of the worker that died: an old `stop` would end the new one at once.
  takeRequests(runFolder)
  await launch(runFolder, workerEntry)
  return `${state.name}: resumed from its newest checkpoint`
}

function readState(runFolder: string): RunState {
  const reader = openRunReader(runFolder)
  try {
    return reader.state()
  } finally {
    reader.close()
  }
}

/** Whether the condition came true in time. */
async function waitFor(isTrue: () => boolean, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs
  while (!isTrue()) {
    if (performance.now() > deadline) return false
    await delay(pollEveryMs)
  }
  return true
}
