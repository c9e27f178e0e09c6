import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { diagnoseRuns } from '#engine/diagnosing/diagnoseRuns.ts'
import { createDiagnosisPool } from '#engine/diagnosing/diagnosisPool.ts'
import { readObservables } from '#engine/diagnosing/readObservables.ts'
import { openRunReader } from '#engine/runfile/reader.ts'
import type { RunReader, RunWriter } from '#engine/runfile/runFile.ts'
import { exportSeries } from '#engine/workspace/exportSeries.ts'
import { temporaryFolder } from '../../runfile/runFolder.ts'
import { liveRun, opened } from '../../workspace/workspaceFolder.ts'

const metrics = ['probe/gradient_norm', 'probe/loss']

/** A run that has one more point of every metric each time it is asked for anything. */
function growingReader(writer: RunWriter): RunReader {
  const reader = openRunReader(writer.folder)
  onTestFinished(() => reader.close())
  let step = 0
  function grow(): void {
    step += 1
    writer.logScalars(step, Object.fromEntries(metrics.map((metric) => [metric, step])), step)
    writer.commit()
  }
  grow()
  return new Proxy(reader, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target)
      if (typeof value !== 'function') return value
      return (...parameters: unknown[]): unknown => {
        grow()
        return Reflect.apply(value, target, parameters)
      }
    },
  })
}

it('is read as of one moment: no series is longer than another', () => {
  const { scalars } = readObservables(growingReader(liveRun(temporaryFolder(), 'run')))
  const lengths = Object.values(scalars).map(({ steps }) => steps.length)
  expect(lengths).toHaveLength(2)
  expect(new Set(lengths).size).toBe(1)
})

it('is exported as of one moment: every row is whole', async () => {
  const root = temporaryFolder()
  const path = join(root, 'run.csv')
  const reader = growingReader(liveRun(root, 'run'))
  await exportSeries([{ id: 'run', reader }], { runIds: ['run'], metrics, format: 'csv', path })
  const rows = readFileSync(path, 'utf8').trim().split('\n').slice(1)
  expect(rows.length).toBeGreaterThan(0)
  for (const row of rows) expect(row).not.toMatch(/,,|,$/)
})

it('has the verdict of its last points, not of those that it had when somebody asked', async () => {
  const root = temporaryFolder()
  const writer = liveRun(root, 'run')
  const workspace = await opened(root)
  const pool = createDiagnosisPool(1)
  onTestFinished(() => pool.close())
  const early = {
    ...pool,
    async run(...job: Parameters<typeof pool.run>) {
      const diagnosed = await pool.run(...job)
      writer.logScalars(1, { loss: 2 }, 1)
      writer.finish('finished', '', 2)
      return diagnosed
    },
  }
  await diagnoseRuns(workspace, ['run'], { pool: early })
  expect(workspace.row('run')).toMatchObject({ status: 'finished', pointCount: 2, verdict: null })
  const [{ verdict } = { verdict: null }] = await diagnoseRuns(workspace, ['run'], { pool })
  expect(workspace.row('run').verdict).toEqual(verdict)
})

it('keeps the verdict of its last points when a diagnosis of earlier ones is ready after it', async () => {
  const root = temporaryFolder()
  const writer = liveRun(root, 'run')
  const workspace = await opened(root)
  const pool = createDiagnosisPool(1)
  onTestFinished(() => pool.close())
  const slow = {
    ...pool,
    async run(...job: Parameters<typeof pool.run>) {
      const diagnosed = await pool.run(...job)
      writer.logScalars(1, { loss: 2 }, 1)
      writer.finish('finished', '', 2)
      await diagnoseRuns(workspace, ['run'], { pool })
      return diagnosed
    },
  }
  await diagnoseRuns(workspace, ['run'], { pool: slow })
  expect(workspace.row('run').verdict).not.toBeNull()
})
