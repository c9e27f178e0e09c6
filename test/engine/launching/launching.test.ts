import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openRunWriter } from '#engine/runfile/writer.ts'
import { requestsFolder, writeRequest } from '#engine/training/control/requests.ts'
import { ErgoscopeError } from '#shared/errors.ts'
import { newRun } from '../../runfile/runFolder.ts'
import {
  endWorker,
  launcherWith,
  quadraticRecipe,
  stateOf,
  temporaryFolder,
  until,
  untilEnded,
  withReader,
} from './testRuns.ts'

let workspace: ReturnType<typeof temporaryFolder>
const folders: string[] = []

beforeEach(() => {
  workspace = temporaryFolder()
})
afterEach(() => {
  for (const folder of folders.splice(0)) endWorker(folder)
  workspace.remove()
})

async function start(worker: Parameters<typeof launcherWith>[0], recipeYaml: string, seed = 7) {
  const run = await launcherWith(worker).start({ workspacePath: workspace.path, recipeYaml, name: null, seed })
  folders.push(run.path)
  return run
}

describe('a run from start to end', () => {
  it('records every step, the probes at their cadence and at both ends, config, segments and checkpoints', async () => {
    const run = await start(
      'quadratic',
      quadraticRecipe({ steps: 1230, schedule: '{ kind: steps, milestones: [600], factor: 0.1 }' }),
    )
    const state = await untilEnded(run.path)
    expect(state).toMatchObject({
      id: run.id,
      name: 'quadratic',
      group: 'quadratic',
      status: 'finished',
      statusDetail: '',
      steps: 1230,
      plannedSteps: 1230,
      seed: 7,
      worker: null,
      attempts: 1,
    })
    expect(state.versions).toMatchObject({ node: process.versions.node, 'test-trainer': '1.0.0' })
    withReader(run.path, (reader) => {
      expect(reader.scalars('train/loss').steps).toEqual(Float64Array.from({ length: 1230 }, (_, step) => step))
      const probed = [...Array.from({ length: 25 }, (_, index) => index * 50), 1229]
      expect([...reader.scalars('probe/loss').steps]).toEqual(probed)
      expect([...reader.vectors('sketch/weights').steps]).toEqual(probed)
      expect([...reader.scalars('cost/full_gradient_ms').steps]).toEqual(probed)
      expect(reader.metrics().map((metric) => metric.name)).toContain('train/step_ms')
      expect(reader.config()).toMatchObject({
        problem: 'quadratic',
        learning_rate: 0.1,
        momentum: 0.5,
        seed: 7,
        'derived.parameter_count': 1,
      })
      expect(reader.segments().map(({ from, to }) => [from, to])).toEqual([
        [0, 600],
        [600, null],
      ])
      expect(reader.segments().map((segment) => segment.learningRate)).toEqual([0.1, 0.1 * 0.1])
      expect(reader.checkpoints().map((checkpoint) => checkpoint.step)).toEqual([1000, 1230])
      expect(reader.verify()).toMatchObject({ isSound: true })
    })
    expect(readdirSync(join(run.path, 'checkpoints')).toSorted()).toEqual([
      'step-000000001000.ckpt',
      'step-000000001230.ckpt',
    ])
    expect(existsSync(join(run.path, '.reserve'))).toBe(false)
  })

  it('keeps one segment without a learning rate where it changes at every step', async () => {
    const run = await start('quadratic', quadraticRecipe({ steps: 300, schedule: '{ kind: cosine }' }))
    await untilEnded(run.path)
    expect(withReader(run.path, (reader) => reader.segments())).toMatchObject([
      { from: 0, to: null, learningRate: null, momentum: 0.5 },
    ])
  })

  it('makes one run per seed, named after it', async () => {
    const runs = await launcherWith('quadratic').startAll({
      workspacePath: workspace.path,
      recipeYaml: quadraticRecipe({ steps: 50 }),
      name: 'pair',
      seeds: [3, 4],
    })
    folders.push(...runs.map((run) => run.path))
    expect(runs.map((run) => run.name)).toEqual(['pair-s3', 'pair-s4'])
    for (const run of runs) expect(await untilEnded(run.path)).toMatchObject({ status: 'finished', group: 'pair' })
    const losses = runs.map((run) => withReader(run.path, (reader) => reader.scalars('train/loss').values))
    expect(losses[0]).not.toEqual(losses[1])
  })
})

describe('control', () => {
  it('pauses, shows life, resumes, probes, writes a checkpoint and stops after another', async () => {
    const launcher = launcherWith('quadratic')
    const run = await start('quadratic', quadraticRecipe({ steps: 10_000_000, checkpointEvery: 10_000_000 }))
    expect(await launcher.control(run.path, 'pause')).toContain('paused')
    const paused = await until(run.path, (state) => state.status === 'paused')
    const alive = await until(run.path, (state) => (state.heartbeatAtMs ?? 0) > (paused.heartbeatAtMs ?? Infinity))
    expect(alive.steps).toBe(paused.steps)
    expect(await launcher.control(run.path, 'pause')).toContain('already')

    await launcher.control(run.path, 'probe')
    await until(run.path, () =>
      withReader(run.path, (reader) => reader.events()).some((event) => event.kind === 'probe'),
    )
    expect(withReader(run.path, (reader) => reader.scalars('probe/loss').steps).at(-1)).toBe(paused.steps)
    await launcher.control(run.path, 'checkpoint')
    await until(run.path, () => withReader(run.path, (reader) => reader.checkpoints()).length === 1)

    expect(await launcher.control(run.path, 'resume')).toContain('goes on')
    await until(run.path, (state) => state.status === 'running' && state.steps > paused.steps)
    expect(await launcher.control(run.path, 'stop')).toContain('stopped')
    const stopped = await untilEnded(run.path)
    expect(stopped).toMatchObject({ status: 'stopped' })
    expect(stopped.statusDetail).toBe(`by request, after ${stopped.steps} of 10000000 steps`)
    expect(withReader(run.path, (reader) => reader.checkpoints()).at(-1)?.step).toBe(stopped.steps)
    await expect(launcher.control(run.path, 'pause')).rejects.toThrow(
      'quadratic is stopped: there is no worker to pause',
    )
  })

  it('stops after a checkpoint on SIGTERM, and at once on the second signal', async () => {
    const first = await start('quadratic', quadraticRecipe({ steps: 10_000_000 }))
    process.kill(stateOf(first.path).worker?.pid ?? 0, 'SIGTERM')
    expect(await untilEnded(first.path)).toMatchObject({
      status: 'stopped',
      statusDetail: expect.stringContaining('by SIGTERM'),
    })

    // Steps of 300 ms: both signals have come before the worker looks.
    const second = await start('slow', quadraticRecipe({ steps: 10_000_000 }))
    const pid = stateOf(second.path).worker?.pid ?? 0
    process.kill(pid, 'SIGTERM')
    process.kill(pid, 'SIGINT')
    expect(await untilEnded(second.path)).toMatchObject({
      status: 'killed',
      statusDetail: expect.stringMatching(/^by a second SIG(INT|TERM), without a checkpoint$/),
    })
  })

  it('removes a request that it does not understand, and says so', async () => {
    const run = await start('quadratic', quadraticRecipe({ steps: 10_000_000 }))
    await launcherWith('quadratic').control(run.path, 'checkpoint')
    const foreign = join(requestsFolder(run.path), 'foreign.json')
    writeFileSync(foreign, '{"action":"explode"}')
    await until(run.path, () =>
      withReader(run.path, (reader) => reader.events()).some(
        (event) => event.kind === 'warning' && event.message.includes('foreign.json'),
      ),
    )
    expect(existsSync(foreign)).toBe(false)
    expect(stateOf(run.path).status).toBe('running')
  })

  it('does not resume a finished run', async () => {
    const run = await start('quadratic', quadraticRecipe({ steps: 20 }))
    await untilEnded(run.path)
    await expect(launcherWith('quadratic').control(run.path, 'resume')).rejects.toThrow(
      'quadratic is finished: it has reached its last step, 20',
    )
  })
})

describe('how a run ended', () => {
  it('crashed: one line in the run file, the stack in worker.log', async () => {
    const run = await start('throwing', quadraticRecipe({ steps: 10_000_000 }))
    const state = await untilEnded(run.path)
    expect(state).toMatchObject({ status: 'crashed', statusDetail: 'the flux capacitor is undefined', steps: 2010 })
    expect(readFileSync(join(run.path, 'worker.log'), 'utf8')).toContain('throwing.ts')
  })

  it('crashed by a signal of its own making', async () => {
    const run = await start('aborting', quadraticRecipe({ steps: 10_000_000 }))
    expect(await untilEnded(run.path)).toMatchObject({
      status: 'crashed',
      statusDetail: expect.stringMatching(/^SIGABRT after \d+ steps: see worker.log$/),
    })
  })

  it('killed: the supervisor records the signal, and resuming goes on from the checkpoint', async () => {
    const run = await start('quadratic', quadraticRecipe({ steps: 10_000_000 }))
    const before = await until(run.path, (state) => state.steps > 700)
    process.kill(before.worker?.pid ?? 0, 'SIGKILL')
    expect(await untilEnded(run.path)).toMatchObject({
      status: 'killed',
      statusDetail: expect.stringMatching(/^by SIGKILL after \d+ steps$/),
    })
    expect(await launcherWith('quadratic').control(run.path, 'resume')).toContain('resumed')
    const resumed = await until(run.path, (state) => state.status === 'running' && state.steps > before.steps + 500)
    expect(resumed.attempts).toBe(2)
  })

  it('what was asked of a dead worker does not concern the one that resumes', async () => {
    const run = await start('quadratic', quadraticRecipe({ steps: 10_000_000 }))
    const before = await until(run.path, (state) => state.steps > 700)
    process.kill(before.worker?.pid ?? 0, 'SIGKILL')
    await untilEnded(run.path)
    writeRequest(run.path, 'stop', Date.now())
    await launcherWith('quadratic').control(run.path, 'resume')
    const resumed = await until(run.path, (state) => state.attempts === 2 && state.steps > before.steps + 500)
    expect(resumed.status).toBe('running')
  })

  it.runIf(process.platform === 'linux')(
    'lost: another process that has the worker’s number is not taken for it',
    async () => {
      const folder = join(workspace.path, 'lost')
      const writer = newRun({ host: hostname() }, folder)
      writer.setStatus('running', '', Date.now())
      writer.setWorker({ pid: process.pid, startedAtMs: Date.now() - 86_400_000, host: hostname() })
      writer.close()
      await expect(launcherWith('quadratic').control(folder, 'stop')).rejects.toThrow(
        'noisy labels is lost: there is no worker to stop',
      )
    },
  )

  it('failed at once: the start says why in one line, and the run is kept', async () => {
    const failure = await start('unprepared', quadraticRecipe({ steps: 10 })).catch((cause: unknown) => cause)
    expect(failure).toBeInstanceOf(ErgoscopeError)
    expect(failure).toMatchObject({
      code: 'cannot-control',
      message: 'quadratic failed: no tensor library: run npm start',
    })
    const [name] = readdirSync(workspace.path)
    expect(stateOf(join(workspace.path, name ?? ''))).toMatchObject({
      status: 'failed',
      statusDetail: 'no tensor library: run npm start',
    })
  })

  it('failed by divergence: a few non-finite steps are kept, then it ends', async () => {
    const run = await start('quadratic', quadraticRecipe({ steps: 100_000, learningRate: 50 }))
    const state = await untilEnded(run.path)
    expect(state.status).toBe('failed')
    expect(state.statusDetail).toMatch(/^diverged: loss is Infinity since step \d+$/)
    const divergence = withReader(run.path, (reader) => reader.events()).filter((event) => event.kind === 'divergence')
    expect(divergence).toHaveLength(1)
    expect(state.steps).toBe((divergence[0]?.step ?? 0) + 100)
    expect(withReader(run.path, (reader) => reader.scalars('train/loss').values.at(-1))).toBeNaN()
  })

  it('a second writer of a run in training is refused', async () => {
    const run = await start('quadratic', quadraticRecipe({ steps: 10_000_000 }))
    expect(() => openRunWriter(run.path)).toThrow('is being written by another process')
  })
})

describe('what cannot be started', () => {
  it('refuses a wrong recipe before anything is made', async () => {
    const failure = start('quadratic', quadraticRecipe({ steps: 10 }).replace('0.5', '1.5'))
    await expect(failure).rejects.toMatchObject({
      code: 'invalid-recipe',
      message: 'line 3: optimizer.momentum: 1.5 is not allowed; it must be a number, at least 0 and below 1',
    })
    expect(readdirSync(workspace.path)).toEqual([])
  })
})
