import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { hostname } from 'node:os'
import { describe, expect, it } from 'vitest'
import type { RunState } from '#engine/runfile/runFile.ts'
import { isProcessAlive } from '#engine/runfile/isProcessAlive.ts'
import { judgeLife } from '#engine/runfile/judgeLife.ts'
import { liveRun, opened } from '../workspace/workspaceFolder.ts'
import { temporaryFolder } from './runFolder.ts'

const nowMs = 1_000_000

function state(changes: Partial<RunState>): RunState {
  return {
    id: 'r',
    name: 'r',
    group: null,
    tags: [],
    notes: '',
    source: 'trained',
    seed: null,
    createdAtMs: nowMs - 600_000,
    host: 'cluster-7',
    versions: {},
    plannedSteps: null,
    recipeYaml: null,
    status: 'running',
    statusDetail: '',
    startedAtMs: nowMs - 500_000,
    endedAtMs: null,
    heartbeatAtMs: nowMs - 1000,
    worker: { pid: 42, startedAtMs: 1, host: 'here' },
    steps: 120,
    pointCount: 120,
    attempts: 1,
    ...changes,
  }
}

const judge = (changes: Partial<RunState>, isAlive: boolean): string => {
  const { status, statusDetail } = judgeLife(state(changes), nowMs, () => isAlive, 'here')
  return `${status}: ${statusDetail}`
}

describe('judgeLife', () => {
  it('believes a run whose worker lives on this host, however old its heartbeat', () => {
    expect(judge({ heartbeatAtMs: nowMs - 3_600_000 }, true)).toBe('running: ')
    expect(judge({ status: 'paused', statusDetail: 'by its user' }, true)).toBe('paused: by its user')
  })

  it('says at once that a dead worker of this host is gone', () => {
    expect(judge({}, false)).toBe('lost: the worker is gone; last committed step 119')
    expect(judge({ status: 'queued', steps: 0 }, false)).toBe('lost: the worker is gone; no step committed')
  })

  it('waits half a minute for the heartbeat of another host', () => {
    const worker = { pid: 42, startedAtMs: 1, host: 'cluster-7' }
    expect(judge({ worker, heartbeatAtMs: nowMs - 29_000 }, false)).toBe('running: ')
    expect(judge({ worker, heartbeatAtMs: nowMs - 45_000 }, true)).toBe(
      'lost: no heartbeat from cluster-7 for 45 s; last committed step 119',
    )
  })

  it('gives a run without a worker the time to get one', () => {
    expect(
      judge(
        { worker: null, status: 'queued', heartbeatAtMs: null, startedAtMs: null, createdAtMs: nowMs - 5000 },
        false,
      ),
    ).toBe('queued: ')
    expect(judge({ worker: null, status: 'queued', heartbeatAtMs: null, startedAtMs: null, steps: 0 }, false)).toBe(
      'lost: no heartbeat from cluster-7 for 600 s; no step committed',
    )
  })

  it('does not touch a run that ended', () => {
    expect(judge({ status: 'crashed', statusDetail: 'exit code 3', worker: null, heartbeatAtMs: 0 }, false)).toBe(
      'crashed: exit code 3',
    )
  })
})

describe('isProcessAlive', () => {
  const startedAtMs = Date.now() - process.uptime() * 1000

  it('knows this process, and that another start time is another process', () => {
    expect(isProcessAlive(process.pid, startedAtMs)).toBe(true)
    expect(isProcessAlive(process.pid, startedAtMs - 120_000)).toBe(process.platform !== 'linux')
  })

  it('knows a process that ended', () => {
    const { pid } = spawnSync(process.execPath, ['--version'])
    expect(isProcessAlive(pid, Date.now())).toBe(false)
  })

  it.runIf(process.platform === 'linux')('does not take a zombie for a living process', async () => {
    // The shell's child ends and is not waited for: it stays a zombie as long as its parent, which becomes `sleep`, lives.
    const shell = spawn('sh', ['-c', 'sleep 0.05 & echo $!; exec sleep 30'], { stdio: ['ignore', 'pipe', 'ignore'] })
    const [output] = await once(shell.stdout, 'data')
    const pid = Number(String(output))
    const startedMs = Date.now()
    await expect.poll(() => isProcessAlive(pid, startedMs), { timeout: 5000 }).toBe(false)
    expect(spawnSync('kill', ['-0', String(pid)]).status).toBe(0)
    shell.kill('SIGKILL')
    await once(shell, 'close')
  })
})

describe('a run in a workspace', () => {
  it('is lost as soon as its worker is killed', async () => {
    const root = temporaryFolder()
    const worker = spawn('sleep', ['60'], { stdio: 'ignore' })
    const writer = liveRun(root, 'run')
    writer.setWorker({ pid: worker.pid ?? 0, startedAtMs: Date.now(), host: hostname() })
    writer.heartbeat(Date.now())
    writer.close()
    const workspace = await opened(root)
    expect(workspace.row('run').status).toBe('running')
    worker.kill('SIGKILL')
    await once(worker, 'close')
    expect(workspace.row('run')).toMatchObject({
      status: 'lost',
      statusDetail: 'the worker is gone; last committed step 0',
    })
  })
})
