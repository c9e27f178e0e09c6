import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Workspace, WorkspaceChanges } from '#engine/workspace/workspace.ts'
import { temporaryFolder } from '../runfile/runFolder.ts'
import { finishedRun, liveRun, opened } from './workspaceFolder.ts'

function changesOf(workspace: Workspace): WorkspaceChanges[] {
  const events: WorkspaceChanges[] = []
  workspace.onChange((changes) => events.push(changes))
  return events
}

const patience = { timeout: 10_000, interval: 20 }

describe('a watched workspace', () => {
  it('tells of runs that come, change, end and go', async () => {
    const root = temporaryFolder()
    const workspace = await opened(root)
    const events = changesOf(workspace)
    const latest = (id: string): unknown => {
      const row = events.flatMap(({ changed }) => changed).findLast((changed) => changed.id === id)
      return row && [row.status, row.steps]
    }
    const writer = liveRun(root, 'run')
    await expect.poll(() => latest('run'), patience).toEqual(['running', 1])
    writer.logScalars(1, { loss: 2 }, 0)
    writer.commit()
    await expect.poll(() => latest('run'), patience).toEqual(['running', 2])
    writer.finish('finished', '', 1)
    await expect.poll(() => latest('run'), patience).toEqual(['finished', 2])
    const told = events.length
    rmSync(join(root, 'run'), { recursive: true })
    await expect.poll(() => events.at(-1)?.removedRunIds, patience).toEqual(['run'])
    expect(events.slice(told).flatMap(({ changed }) => changed)).toEqual([])
  })

  it('tells of a folder that cannot be read, and when it can', async () => {
    const root = temporaryFolder()
    const workspace = await opened(root)
    const events = changesOf(workspace)
    mkdirSync(join(root, 'run'))
    writeFileSync(join(root, 'run', 'run.sqlite'), 'not yet')
    await expect.poll(() => events.at(-1)?.problems.map(({ code }) => code), patience).toEqual(['unreadable-run'])
    rmSync(join(root, 'run'), { recursive: true })
    finishedRun(root, 'run')
    await expect.poll(() => events.at(-1)?.changed.map(({ id }) => id), patience).toEqual(['run'])
    expect(events.at(-1)?.problems).toEqual([])
  })

  it('tells that a silent run on another host got lost, though its file did not change', async () => {
    const root = temporaryFolder()
    let nowMs = Date.now()
    const writer = liveRun(root, 'run')
    writer.setWorker({ pid: 1, startedAtMs: 1, host: 'another-host' })
    writer.heartbeat(nowMs)
    writer.close()
    const workspace = await opened(root, { nowMs: () => nowMs })
    const events = changesOf(workspace)
    nowMs += 31_000
    await expect.poll(() => events.at(-1)?.changed.map(({ status }) => status), patience).toEqual(['lost'])
  })

  it('keeps its runs when the whole folder is away for a while', async () => {
    const root = join(temporaryFolder(), 'disk')
    mkdirSync(root)
    finishedRun(root, 'run')
    const workspace = await opened(root)
    const events = changesOf(workspace)
    renameSync(root, `${root}-away`)
    await expect.poll(() => events.at(-1)?.problems.map(({ path }) => path), patience).toEqual([root])
    renameSync(`${root}-away`, root)
    await expect.poll(() => events.at(-1)?.problems, patience).toEqual([])
    expect(workspace.row('run').name).toBe('run')
    expect(events.flatMap(({ removedRunIds }) => removedRunIds)).toEqual([])
  })

  it('tells of changes that another request found first', async () => {
    const root = temporaryFolder()
    finishedRun(root, 'old')
    const workspace = await opened(root)
    const events = changesOf(workspace)
    finishedRun(root, 'new')
    rmSync(join(root, 'old'), { recursive: true })
    expect(workspace.row('new').status).toBe('finished')
    await expect.poll(() => events.flatMap(({ changed }) => changed.map(({ id }) => id)), patience).toEqual(['new'])
    expect(events.flatMap(({ removedRunIds }) => removedRunIds)).toEqual(['old'])
  })

  it('is silent when nothing happens and after the listener left', async () => {
    const root = temporaryFolder()
    const writer = liveRun(root, 'run')
    const workspace = await opened(root)
    const other = changesOf(workspace)
    const events: WorkspaceChanges[] = []
    const stop = workspace.onChange((changes) => events.push(changes))
    stop()
    writer.logScalars(1, { loss: 2 }, 0)
    writer.commit()
    await expect.poll(() => other.length, patience).toBe(1)
    expect(events).toEqual([])
    expect(other.flatMap(({ changed }) => changed.map(({ steps }) => steps))).toEqual([2])
  })
})
