import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { recordWorkerEnd } from '#engine/launching/recordWorkerEnd.ts'
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

let outer: ReturnType<typeof temporaryFolder>
const mounts: string[] = []
const folders: string[] = []

beforeEach(() => {
  outer = temporaryFolder()
})
afterEach(() => {
  for (const folder of folders.splice(0)) endWorker(folder)
  for (const mounted of mounts.splice(0)) execFileSync('umount', ['--lazy', mounted])
  outer.remove()
})

function mount(options: string): string {
  const folder = join(outer.path, 'mounted')
  mkdirSync(folder)
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder])
  mounts.push(folder)
  return folder
}

function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}

const canMount = process.getuid?.() === 0 && process.platform === 'linux'

describe.runIf(canMount)('a full disk (needs root, to mount a small one)', () => {
  it('makes training wait, says so, and ends with the whole curve once there is space', async () => {
    const workspace = mount('size=48m')
    const launcher = launcherWith('quadratic')
    const run = await launcher.start({
      workspacePath: workspace,
      recipeYaml: quadraticRecipe({ steps: 20_000, checkpointEvery: 1_000_000 }),
      name: null,
      seed: 3,
    })
    folders.push(run.path)
    await until(run.path, (state) => state.steps > 100)
    const ballast = join(workspace, 'ballast')
    for (let files = 0; freeBytes(workspace) > 0; files += 1)
      writeUntilFull(`${ballast}-${files}`, freeBytes(workspace))
    const waiting = await until(run.path, (state) => state.status === 'paused')
    expect(waiting.statusDetail).toBe('the disk is full: free some space and training goes on by itself')
    execFileSync('sh', ['-c', `rm ${ballast}-*`])
    const ended = await untilEnded(run.path)
    expect(ended).toMatchObject({ status: 'finished', statusDetail: '', steps: 20_000 })
    expect(withReader(run.path, (reader) => reader.scalars('train/loss').steps)).toEqual(
      Float64Array.from({ length: 20_000 }, (_, step) => step),
    )
    expect(withReader(run.path, (reader) => reader.verify()).isSound).toBe(true)
  })

  it('is no reason to forget how a worker ended: it is written down as soon as there is space', async () => {
    const workspace = mount('size=4m')
    const writer = newRun({}, join(workspace, 'run'))
    writer.logScalars(2, { loss: 1 }, 0)
    writer.close()
    writeUntilFull(join(workspace, 'ballast'), freeBytes(workspace))
    const end = { pid: null, code: null, signal: 'SIGKILL', spawnError: null, launchedAtMs: Date.now() } as const
    const recorded = recordWorkerEnd(writer.folder, end, { retryEveryMs: 20 })
    await delay(200)
    expect(stateOf(writer.folder).status).toBe('queued')
    rmSync(join(workspace, 'ballast'))
    await recorded
    expect(stateOf(writer.folder)).toMatchObject({ status: 'killed', statusDetail: 'by SIGKILL after 3 steps' })
  })

  it('refuses to start where there is no space at all, in one line', async () => {
    const workspace = mount('size=256k')
    writeUntilFull(join(workspace, 'ballast'), freeBytes(workspace))
    const start = launcherWith('quadratic').start({
      workspacePath: workspace,
      recipeYaml: quadraticRecipe({ steps: 10 }),
      name: null,
      seed: 3,
    })
    await expect(start).rejects.toMatchObject({ code: 'disk-full' })
  })
})

describe('a read-only workspace', () => {
  it('is refused in one line, before anything is started', async () => {
    const workspace = join(outer.path, 'read-only')
    mkdirSync(workspace)
    if (canMount) {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'ro', 'tmpfs', workspace])
      mounts.push(workspace)
    } else chmodSync(workspace, 0o555)
    const start = launcherWith('quadratic').start({
      workspacePath: workspace,
      recipeYaml: quadraticRecipe({ steps: 10 }),
      name: null,
      seed: 3,
    })
    await expect(start).rejects.toMatchObject({
      code: 'read-only',
      message: expect.stringMatching(/^cannot make the folder .*read-only/),
    })
    if (!canMount) chmodSync(workspace, 0o755)
  })

  it('which turns read-only under a run does not lose what was committed', async () => {
    if (!canMount) return
    const workspace = mount('size=20m')
    const run = await launcherWith('quadratic').start({
      workspacePath: workspace,
      recipeYaml: quadraticRecipe({ steps: 10_000_000 }),
      name: null,
      seed: 3,
    })
    folders.push(run.path)
    const { steps } = await until(run.path, (state) => state.steps > 500)
    const { worker } = stateOf(run.path)
    process.kill(worker?.pid ?? 0, 'SIGKILL')
    await untilEnded(run.path)
    await remountReadOnly(workspace)
    expect(stateOf(run.path).steps).toBeGreaterThanOrEqual(steps)
    await expect(launcherWith('quadratic').control(run.path, 'resume')).rejects.toMatchObject({ code: 'read-only' })
    execFileSync('mount', ['-o', 'remount,rw', workspace])
  })
})

/** The supervisor may still have its log open for a moment. */
async function remountReadOnly(folder: string): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      execFileSync('mount', ['-o', 'remount,ro', folder], { stdio: 'ignore' })
      return
    } catch (cause) {
      if (attempt > 200) throw cause
      await delay(25)
    }
  }
}

function writeUntilFull(file: string, bytes: number): void {
  try {
    writeFileSync(file, Buffer.alloc(bytes))
  } catch {
    rmSync(file, { force: true })
    if (bytes > 4096) writeUntilFull(file, Math.floor(bytes / 2))
  }
}
