import { existsSync, rmSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { judgeLife } from '#engine/runfile/judgeLife.ts'
import type { RunState } from '#engine/runfile/runFile.ts'
import { writeRequest } from '#engine/training/control/requests.ts'
import type { ControlAction } from '#shared/contract/training.ts'
import { ErgoscopeError } from '#shared/errors.ts'
import { isLive, type RunStatus } from '#shared/run.ts'
import { isBeingWritten, isRunAwake, readState } from './lifeOfRun.ts'
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

/** Where a run arrives that does what it is asked; it may end on the way. */
const arrivals: Partial<Record<ControlAction, RunStatus>> = { pause: 'paused', resume: 'running' }

export async function controlRun(runFolder: string, action: ControlAction, workerEntry: string): Promise<string> {
  const state = readState(runFolder)
  const { status } = judgeLife(state, Date.now())
  if (isLive(status)) return askWorker(runFolder, state, action, workerEntry)
  if (action === 'resume') return resumeEnded(runFolder, workerEntry)
  throw new ErgoscopeError('cannot-control', `${state.name} is ${status}: there is no worker to ${action}`)
}

async function askWorker(
  runFolder: string,
  { name, status }: RunState,
  action: ControlAction,
  workerEntry: string,
): Promise<string> {
  if (action === 'pause' && status === 'paused') return `${name} is paused already`
  if (action === 'resume' && status === 'running') return `${name} is running already`
  const request = writeRequest(runFolder, action, Date.now())
  const isOver = (): boolean => !existsSync(request) || !isRunAwake(runFolder)
  if (!(await waitFor(isOver, answerWithinMs)))
    return `${name}: asked to ${action}; the worker is busy and will do it as soon as it can`
  if (existsSync(request)) {
    // The worker ended before it saw the request: it is for no other one.
    rmSync(request, { force: true })
    return controlRun(runFolder, action, workerEntry)
  }
  return settled(runFolder, action)
}

/** The answer once the worker has taken the request. */
async function settled(runFolder: string, action: ControlAction): Promise<string> {
  if (action === 'stop' || arrivals[action] !== undefined)
    await waitFor(() => readState(runFolder).status === arrivals[action] || !isRunAwake(runFolder), answerWithinMs)
  const { name, status, steps } = readState(runFolder)
  // Whoever is told that it ended may copy or remove it.
  if (!isLive(status)) await waitFor(() => !isBeingWritten(runFolder), answerWithinMs)
  return `${name}: ${isLive(status) ? answers[action] : status}, step ${steps}`
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
  if (!(await queueAgain(runFolder))) return controlRun(runFolder, 'resume', workerEntry)
  await launch(runFolder, workerEntry)
  return `${state.name}: resumed from its newest checkpoint`
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
