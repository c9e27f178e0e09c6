import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import {
  endWorker,
  killIfAlive,
  launcherWith,
  quadraticRecipe,
  stateOf,
  temporaryFolder,
  until,
  untilEnded,
  withReader,
} from './testRuns.ts'

const killCount = 30
// Enough that the run outlasts its kills on a fast machine, too: about a thousand steps pass before each.
const stepCount = 90_000
const seriesCompared = ['train/loss', 'train/learning_rate', 'probe/loss', 'probe/gradient_norm']

let workspace: ReturnType<typeof temporaryFolder>
let folders: string[] = []

beforeEach(() => {
  workspace = temporaryFolder()
})
afterEach(() => {
  for (const folder of folders.splice(0)) endWorker(folder)
  workspace.remove()
})

async function start(recipeYaml: string) {
  const run = await launcherWith('quadratic').start({ workspacePath: workspace.path, recipeYaml, name: null, seed: 11 })
  folders.push(run.path)
  return run
}

function parentOf(pid: number): number {
  // PID (NAME) STATE PPID ...; the name may hold spaces and brackets.
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
}

function lossOf(folder: string): Float64Array {
  return withReader(folder, (reader) =>
    reader.metrics().some((metric) => metric.name === 'train/loss')
      ? reader.scalars('train/loss').values
      : new Float64Array(),
  )
}

it(
  `loses nothing acknowledged in ${killCount} kills at random moments, and ends with the curve of an undisturbed run`,
  { timeout: 240_000 },
  async () => {
    const recipe = quadraticRecipe({
      steps: stepCount,
      checkpointEvery: 400,
      schedule: '{ kind: steps, milestones: [9000, 20000], factor: 0.5 }',
    })
    const run = await start(recipe)
    let kills = 0
    for (; kills < killCount; kills += 1) {
      await delay(Math.random() * 150)
      const { worker, status } = stateOf(run.path)
      if (!worker || status !== 'running') break
      const acknowledged = lossOf(run.path)
      process.kill(worker.pid, 'SIGKILL')
      const ended = await untilEnded(run.path)
      expect(ended).toMatchObject({ status: 'killed', statusDetail: `by SIGKILL after ${ended.steps} steps` })
      const kept = lossOf(run.path)
      expect(kept.length).toBeGreaterThanOrEqual(acknowledged.length)
      expect(kept.subarray(0, acknowledged.length)).toEqual(acknowledged)
      await launcherWith('quadratic').control(run.path, 'resume')
    }
    expect(kills).toBe(killCount)
    expect(await untilEnded(run.path)).toMatchObject({ status: 'finished', steps: stepCount, attempts: killCount + 1 })

    const undisturbed = await start(recipe)
    await untilEnded(undisturbed.path)
    for (const metric of seriesCompared) {
      const [resumed, expected] = [run, undisturbed].map(({ path }) =>
        withReader(path, (reader) => reader.scalars(metric)),
      )
      expect({ metric, series: resumed }).toEqual({ metric, series: expected })
    }
    const [resumedSketch, sketch] = [run, undisturbed].map(({ path }) =>
      withReader(path, (reader) => reader.vectors('sketch/weights')),
    )
    expect(resumedSketch).toEqual(sketch)
    const [resumedSegments, segments] = [run, undisturbed].map(({ path }) =>
      withReader(path, (reader) => reader.segments()),
    )
    expect(resumedSegments).toEqual(segments)
    expect(withReader(run.path, (reader) => reader.verify())).toMatchObject({ isSound: true })
  },
)

it.runIf(process.platform === 'linux')(
  'goes on when its supervisor is killed; without one a killed worker is lost, and can be resumed',
  async () => {
    const run = await start(quadraticRecipe({ steps: 10_000_000 }))
    const { worker } = stateOf(run.path)
    const pid = worker?.pid ?? 0
    process.kill(parentOf(pid), 'SIGKILL')
    const { steps } = stateOf(run.path)
    await until(run.path, (state) => state.steps > steps + 1000)
    killIfAlive(pid)
    await until(run.path, () => !isAlive(pid))
    expect(stateOf(run.path).status).toBe('running')
    await expect(launcherWith('quadratic').control(run.path, 'pause')).rejects.toThrow(
      'quadratic is lost: there is no worker to pause',
    )
    expect(await launcherWith('quadratic').control(run.path, 'resume')).toContain('resumed')
    expect(stateOf(run.path)).toMatchObject({ status: 'running', attempts: 2 })
  },
)

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
