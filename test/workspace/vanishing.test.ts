import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it, vi } from 'vitest'
import * as reading from '#engine/runfile/reader.ts'
import { discoverRuns } from '#engine/workspace/discoverRuns.ts'
import { temporaryFolder } from '../runfile/runFolder.ts'
import { finishedRun, opened } from './workspaceFolder.ts'

vi.mock('#engine/runfile/reader.ts', { spy: true })

it('a folder that goes while the workspace is searched is no problem', () => {
  const root = temporaryFolder()
  for (const name of ['goes', 'becomes-a-file', 'stays']) mkdirSync(join(root, name))
  const search = discoverRuns(root)
  search.next()
  for (const name of ['goes', 'becomes-a-file']) rmSync(join(root, name), { recursive: true })
  writeFileSync(join(root, 'becomes-a-file'), '')
  let next = search.next()
  while (next.done !== true) next = search.next()
  expect(next.value).toEqual({ folders: [], problems: [] })
})

it('a run that goes while it is read for the first time is no problem', async () => {
  const root = temporaryFolder()
  const { openRunReader } = await vi.importActual<typeof reading>('#engine/runfile/reader.ts')
  finishedRun(root, 'run')
  vi.spyOn(reading, 'openRunReader').mockImplementationOnce((file) => {
    rmSync(dirname(file), { recursive: true })
    return openRunReader(file)
  })
  const workspace = await opened(root)
  expect(workspace.info()).toMatchObject({ runCount: 0, problems: [] })
})
