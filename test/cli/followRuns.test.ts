import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { hostname } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { followRuns } from '#engine/cli/followRuns.ts'
import { createLauncher } from '#engine/launching/createLauncher.ts'
import { temporaryFolder } from '../runfile/runFolder.ts'
import { liveRun, opened } from '../workspace/workspaceFolder.ts'

it('waits for what the supervisor of a killed worker writes down', async () => {
  const root = temporaryFolder()
  const writer = liveRun(root, 'run')
  const { pid } = spawnSync(process.execPath, ['-e', ''])
  writer.setWorker({ pid, startedAtMs: Date.now(), host: hostname() })
  writer.commit()
  const workspace = await opened(root)
  expect(workspace.row('run').status).toBe('lost')
  const run = { id: 'run', name: 'run', path: writer.folder }
  const followed = followRuns(workspace, createLauncher(), [run], { count: 0, end: () => {} })
  writer.finish('killed', 'by SIGKILL after 1 steps', Date.now())
  expect(await followed).toMatchObject([{ status: 'killed', statusDetail: 'by SIGKILL after 1 steps' }])
})

it('returns when the file of an ended run is one plain file', async () => {
  const root = temporaryFolder()
  const writer = liveRun(root, 'run')
  writer.setStatus('finished', '', Date.now())
  writer.commit()
  const run = { id: 'run', name: 'run', path: writer.folder }
  const followed = followRuns(await opened(root), createLauncher(), [run], { count: 0, end: () => {} })
  const left = followed.then(() => readdirSync(writer.folder))
  await Promise.race([followed, delay(300)])
  writer.finish('finished', '', Date.now())
  expect(await left).toEqual(['run.sqlite'])
})
