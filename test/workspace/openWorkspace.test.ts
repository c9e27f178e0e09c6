import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { openRunWriter } from '#engine/runfile/writer.ts'
import { openWorkspace } from '#engine/workspace/openWorkspace.ts'
import { workspaceInfoSchema } from '#shared/contract/workspace.ts'
import { runDetailSchema, runRowSchema } from '#shared/run.ts'
import { temporaryFolder } from '../runfile/runFolder.ts'
import { finishedRun, liveRun, opened } from './workspaceFolder.ts'

describe('finding runs', () => {
  it('looks into folders four deep, into runs and through links, but not into hidden folders', async () => {
    const root = temporaryFolder()
    for (const path of ['one', 'group/two', 'a/b/c/three', 'one/nested', '.hidden/no', 'a/b/c/d/too-deep'])
      finishedRun(root, path)
    const elsewhere = temporaryFolder()
    finishedRun(elsewhere, 'linked')
    symlinkSync(join(elsewhere, 'linked'), join(root, 'link'))
    symlinkSync(root, join(root, 'a', 'loop'))
    const workspace = await opened(root)
    expect(
      workspace
        .list({})
        .runs.map(({ name }) => name)
        .sort(),
    ).toEqual(['a/b/c/three', 'group/two', 'linked', 'one', 'one/nested'])
    expect(workspaceInfoSchema.parse(workspace.info())).toMatchObject({
      path: root,
      runCount: 5,
      problems: [],
      isReadOnly: false,
      focusRunId: null,
    })
  })

  it('shows broken folders in one line each, beside the good ones', async () => {
    const root = temporaryFolder()
    finishedRun(root, 'good')
    for (const path of ['text', 'cut', 'empty']) mkdirSync(join(root, path))
    writeFileSync(join(root, 'text', 'run.sqlite'), 'loss\n1\n'.repeat(100))
    writeFileSync(join(root, 'empty', 'run.sqlite'), '')
    writeFileSync(join(root, 'cut', 'run.sqlite'), readFileSync(join(root, 'good', 'run.sqlite')).subarray(0, 9000))
    const workspace = await opened(root)
    const { problems, runCount } = workspace.info()
    expect(runCount).toBe(1)
    expect(problems.map(({ path, code }) => [path, code])).toEqual(
      ['cut', 'empty', 'text'].map((path) => [join(root, path), 'unreadable-run']),
    )
    for (const { message } of problems) expect(message).toMatch(/^[^\n]{20,300}$/)
    cpSync(join(root, 'good', 'run.sqlite'), join(root, 'text', 'run.sqlite'))
    expect((await opened(root)).info().problems).toHaveLength(3)
  })

  it('is not kept from the good runs by links that lead nowhere', async () => {
    const root = temporaryFolder()
    finishedRun(root, 'good')
    symlinkSync('loop', join(root, 'loop'))
    await expect(opened(join(root, 'loop'))).rejects.toMatchObject({ code: 'not-found' })
    mkdirSync(join(root, 'bad'))
    symlinkSync('run.sqlite', join(root, 'bad', 'run.sqlite'))
    const { runCount, problems } = (await opened(root)).info()
    expect(runCount).toBe(1)
    expect(problems).toEqual([
      {
        path: join(root, 'bad'),
        code: 'unreadable-run',
        message: expect.stringMatching(/^[^\n]*cannot be read[^\n]*$/),
      },
    ])
  })

  it('names a copied run as a copy', async () => {
    const root = temporaryFolder()
    finishedRun(root, 'first')
    cpSync(join(root, 'first'), join(root, 'second'), { recursive: true })
    const workspace = await opened(root)
    expect(workspace.list({}).totalCount).toBe(1)
    expect(workspace.row('first').path).toBe(join(root, 'first'))
    expect(workspace.info().problems).toEqual([
      {
        path: join(root, 'second'),
        code: 'ambiguous',
        message: expect.stringContaining(`has the id of the run in ${join(root, 'first')}: it is a copy`),
      },
    ])
  })

  it('opens the workspace around a run', async () => {
    const root = temporaryFolder()
    finishedRun(root, 'group/run')
    const near = await opened(join(root, 'group', 'run'))
    expect(near.info()).toMatchObject({ path: join(root, 'group'), focusRunId: 'group-run' })
    rmSync(join(root, 'group', '.ergoscope'), { recursive: true })
    await opened(root)
    expect((await opened(join(root, 'group', 'run', 'run.sqlite'))).info()).toMatchObject({
      path: root,
      focusRunId: 'group-run',
    })
  })

  it('makes the folder when asked to, and says so in one line when it is not there', async () => {
    const root = temporaryFolder()
    await expect(openWorkspace(join(root, 'none'))).rejects.toThrow(
      `the workspace ${join(root, 'none')} does not exist`,
    )
    expect((await opened(join(root, 'new', 'place'), { create: true })).list({})).toEqual({
      runs: [],
      matchedCount: 0,
      totalCount: 0,
    })
    writeFileSync(join(root, 'file'), '')
    await expect(openWorkspace(join(root, 'file'))).rejects.toMatchObject({ code: 'not-found' })
    await expect(openWorkspace(join(root, 'file', 'below'), { create: true })).rejects.toMatchObject({
      code: 'not-found',
    })
  })
})

describe('rows', () => {
  it('follow the contract, filtered, sorted and in pages', async () => {
    const root = temporaryFolder()
    for (const [index, path] of ['a', 'b', 'c'].entries()) finishedRun(root, path, { createdAtMs: index })
    const live = liveRun(root, 'd')
    live.setConfig({ learning_rate: 0.1 })
    live.commit()
    const workspace = await opened(root)
    const { runs } = workspace.list({
      filter: 'status = finished',
      sort: [{ column: 'name', direction: 'descending' }],
      offset: 1,
      limit: 1,
    })
    expect(runs.map(({ id }) => id)).toEqual(['b'])
    expect(workspace.list({ filter: 'status = finished' })).toMatchObject({ matchedCount: 3, totalCount: 4 })
    expect(workspace.list({ filter: 'config.learning_rate = 0.1' }).runs.map(({ id }) => id)).toEqual(['d'])
    expect(() => workspace.list({ filter: 'status =' })).toThrow(expect.objectContaining({ code: 'invalid-filter' }))
    for (const row of workspace.list({}).runs) expect(runRowSchema.parse(row)).toEqual(row)
    expect(workspace.row('a')).toMatchObject({
      steps: 3,
      pointCount: 3,
      metrics: { loss: { last: 1, min: 1, max: 3, count: 3, lastStep: 2 } },
    })
    expect(runDetailSchema.parse(workspace.detail('a'))).toMatchObject({
      host: 'workshop',
      attempts: 1,
      metrics: [{ name: 'loss' }],
    })
  })

  it('of a run that came after opening are found', async () => {
    const root = temporaryFolder()
    const workspace = await opened(root)
    finishedRun(root, 'late')
    expect(workspace.row('late').name).toBe('late')
    expect(() => workspace.row('never')).toThrow(expect.objectContaining({ code: 'not-found' }))
  })

  it('are resolved by id, name, or unique beginning of an id', async () => {
    const root = temporaryFolder()
    finishedRun(root, 'abc1', { name: 'first' })
    finishedRun(root, 'abd2', { name: 'same' })
    finishedRun(root, 'first', { id: 'x', name: 'same' })
    const workspace = await opened(root)
    expect(workspace.resolveRun('abc1')).toBe('abc1')
    expect(workspace.resolveRun('abc')).toBe('abc1')
    expect(workspace.resolveRun('first')).toBe('abc1')
    expect(() => workspace.resolveRun('ab')).toThrow(
      expect.objectContaining({
        code: 'ambiguous',
        message: expect.stringMatching(
          /"ab" means 2 runs: abc1 \(first\), abd2 \(same\)|abd2 \(same\), abc1 \(first\)/,
        ),
      }),
    )
    expect(() => workspace.resolveRun('same')).toThrow(expect.objectContaining({ code: 'ambiguous' }))
    expect(() => workspace.resolveRun('')).toThrow(expect.objectContaining({ code: 'not-found' }))
  })
})

describe('the index', () => {
  const indexFile = (root: string): string => join(root, '.ergoscope', 'index.sqlite')

  it('lets an unchanged run be listed without opening its file', async () => {
    const root = temporaryFolder()
    const folder = finishedRun(root, 'run')
    const file = join(folder, 'run.sqlite')
    utimesSync(file, 1_700_000_000, 1_700_000_000)
    const rows = (await opened(root)).list({}).runs
    // Other content of the same size, time and place: only a reader that opens the file would notice.
    writeFileSync(file, Buffer.alloc(statSync(file).size, 'x'), { flag: 'r+' })
    utimesSync(file, 1_700_000_000, 1_700_000_000)
    expect((await opened(root)).list({}).runs).toEqual(rows)
    utimesSync(file, 1_700_000_001, 1_700_000_001)
    expect((await opened(root)).info()).toMatchObject({ runCount: 0, problems: [{ path: folder }] })
    rmSync(folder, { recursive: true })
    expect((await opened(root)).info()).toMatchObject({ runCount: 0, problems: [] })
  })

  it('is made anew when it is deleted, corrupt or foreign', async () => {
    const root = temporaryFolder()
    finishedRun(root, 'run')
    const rows = (await opened(root)).list({}).runs
    for (const damage of [
      () => rmSync(join(root, '.ergoscope'), { recursive: true }),
      () => writeFileSync(indexFile(root), 'not a database, '.repeat(300)),
      () => writeFileSync(indexFile(root), readFileSync(join(root, 'run', 'run.sqlite'))),
    ]) {
      damage()
      expect((await opened(root)).list({}).runs).toEqual(rows)
      expect(existsSync(indexFile(root))).toBe(true)
    }
  })

  it('does not hide a change made while nobody looked', async () => {
    const root = temporaryFolder()
    const folder = finishedRun(root, 'run')
    ;(await openWorkspace(root)).close()
    const writer = openRunWriter(folder)
    writer.logScalars(3, { loss: -1 }, 0)
    writer.finish('finished', '', 1)
    expect((await opened(root)).row('run')).toMatchObject({ steps: 4, metrics: { loss: { min: -1 } } })
  })

  it('is shared by two workspaces on one folder', async () => {
    const root = temporaryFolder()
    for (let run = 0; run < 5; run += 1) finishedRun(root, `run-${run}`)
    const [one, other] = await Promise.all([opened(root), opened(root)])
    const verdict = { id: 'drifting', summary: 's', detail: 'd', weakestLink: null }
    one.writeCachedDiagnosis('run-0', 'key', { content: Uint8Array.of(1), verdict, computedAtMs: 1 }, 3)
    other.writeCachedDiagnosis('run-1', 'key', { content: Uint8Array.of(2), verdict, computedAtMs: 2 }, 3)
    expect(other.readCachedDiagnosis('run-0', 'key')?.content).toEqual(Buffer.of(1))
    expect(one.list({}).totalCount).toBe(5)
    other.saveView({ selectedRunIds: ['run-0'], colorSlots: { 'run-0': 3 }, baselineRunId: null })
    expect(one.info().view).toEqual({ selectedRunIds: ['run-0'], colorSlots: { 'run-0': 3 }, baselineRunId: null })
  })
})

describe('a diagnosis', () => {
  const verdict = { id: 'invariant-measure', summary: 's', detail: 'd', weakestLink: 'mixing' }

  it('is cached by its key, and its verdict stays with the run until the run gets more points', async () => {
    const root = temporaryFolder()
    const folder = finishedRun(root, 'run')
    const workspace = await opened(root)
    expect(workspace.readCachedDiagnosis('run', 'v1')).toBeNull()
    workspace.writeCachedDiagnosis('run', 'v1', { content: Uint8Array.of(1, 2), verdict, computedAtMs: 7 }, 3)
    expect(workspace.row('run').verdict).toEqual(verdict)
    workspace.close()

    const again = await opened(root)
    expect(again.row('run').verdict).toEqual(verdict)
    expect(again.list({ filter: 'verdict = invariant-measure' }).matchedCount).toBe(1)
    expect(again.readCachedDiagnosis('run', 'v1')).toEqual({ content: Buffer.of(1, 2), verdict, computedAtMs: 7 })
    expect(again.readCachedDiagnosis('run', 'v2')).toBeNull()
    const writer = openRunWriter(folder)
    writer.logScalars(3, { loss: 0 }, 0)
    writer.finish('finished', '', 1)
    expect(again.row('run').verdict).toBeNull()
  })

  it('that a workspace inside holds is the run’s here, too, and nothing of that workspace is changed', async () => {
    const root = temporaryFolder()
    for (const path of ['demo/one', 'demo/other', 'own']) finishedRun(root, path)
    const demo = await opened(join(root, 'demo'))
    demo.writeCachedDiagnosis('demo-one', 'v1', { content: Uint8Array.of(1), verdict, computedAtMs: 7 }, 3)
    demo.close()
    const inner = join(root, 'demo', '.ergoscope', 'index.sqlite')
    const before = readFileSync(inner)
    const workspace = await opened(root)
    expect(['demo-one', 'demo-other', 'own'].map((id) => workspace.row(id).verdict)).toEqual([verdict, null, null])
    expect(readFileSync(inner).equals(before)).toBe(true)
    const writer = openRunWriter(join(root, 'demo', 'one'))
    writer.logScalars(3, { loss: 0 }, 0)
    writer.finish('finished', '', 1)
    expect(workspace.row('demo-one').verdict).toBeNull()
  })

  it('of an older method is none any more, and a damaged row of the index is not missed', async () => {
    const root = temporaryFolder()
    finishedRun(root, 'run')
    const workspace = await opened(root)
    workspace.writeCachedDiagnosis('run', 'v1', { content: Uint8Array.of(1), verdict, computedAtMs: 7 }, 3)
    workspace.close()
    const index = new Database(join(root, '.ergoscope', 'index.sqlite'))
    index.exec(`UPDATE verdict SET method_version = method_version - 1; UPDATE run SET record = x'c1'`)
    index.exec(`UPDATE diagnosis SET verdict = x'c1'`)
    index.close()

    const again = await opened(root)
    expect(again.row('run')).toMatchObject({ name: 'run', pointCount: 3, verdict: null })
    expect(again.readCachedDiagnosis('run', 'v1')).toBeNull()
  })
})

describe('the view', () => {
  it('falls back to the default when its file cannot be used', async () => {
    const root = temporaryFolder()
    const workspace = await opened(root)
    const view = { selectedRunIds: ['a'], colorSlots: { a: 0 }, baselineRunId: 'a' }
    workspace.saveView(view)
    expect((await opened(root)).info().view).toEqual(view)
    for (const content of ['{"selectedRunIds": 3}', '{{{', '']) {
      writeFileSync(join(root, '.ergoscope', 'view.json'), content)
      expect(workspace.info().view).toEqual({ selectedRunIds: [], colorSlots: {}, baselineRunId: null })
    }
  })
})
