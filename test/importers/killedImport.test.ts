import { spawnSync } from 'node:child_process'
import { readdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, it } from 'vitest'
import { importRun } from '#engine/importers/importRun.ts'
import { temporaryFolder } from '../runfile/runFolder.ts'
import { opened } from '../workspace/workspaceFolder.ts'

it('leaves no run, and the next import removes what it did leave', async () => {
  const workspacePath = temporaryFolder()
  const path = join(temporaryFolder(), 'points.csv')
  writeFileSync(path, 'step,loss\n0,1\n1,0.5\n')
  const script = join(import.meta.dirname, 'workers', 'dyingImport.ts')
  expect(spawnSync(process.execPath, [script, path, workspacePath]).signal).toBe('SIGKILL')
  expect(readdirSync(workspacePath)).not.toEqual([])
  const workspace = await opened(workspacePath)
  expect(workspace.info()).toMatchObject({ runCount: 0, problems: [] })

  const { run } = await importRun({ path, workspacePath, takenNames: [], roles: {}, config: {}, nowMs: 1 })
  expect(readdirSync(workspacePath).toSorted()).toEqual(['.ergoscope', basename(run.path)])
  expect(workspace.row(run.id)).toMatchObject({ status: 'finished', pointCount: 2 })
})
