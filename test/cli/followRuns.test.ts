import { hostname } from 'node:os'
import { spawnSync } from 'node:child_process'
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
