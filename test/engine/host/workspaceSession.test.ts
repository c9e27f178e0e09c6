import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { collectChanges, referenceFolder, startTestEngine, type TestEngine } from './testEngine.ts'

let engine: TestEngine
let workspace: string

beforeEach(async () => {
  engine = await startTestEngine()
  workspace = join(engine.folder, 'workspace')
  await engine.call('workspace.open', { path: workspace, create: true })
})

afterEach(() => engine.close())

const quadratic = {
  path: join(referenceFolder, 'q1_sgd_quadratic_1d.csv'),
  roles: { loss: ['loss'], weights: ['theta'], gradient: ['full_grad'], stochastic_gradient: ['stoch_grad'] },
  config: { learning_rate: 0.1, momentum: 0, batch_size: 1 },
}

/** What a long call answers, and how long the longest of other calls waited while it went on. */
async function askMeanwhile<Result>(
  long: Promise<Result>,
): Promise<{ result: Result; answers: { count: number; longestMs: number; totalMs: number } }> {
  const startedMs = performance.now()
  const progress = { isOver: false }
  const end = (): void => void (progress.isOver = true)
  void long.then(end, end)
  const answers = { count: 0, longestMs: 0, totalMs: 0 }
  while (!progress.isOver) {
    const askedMs = performance.now()
    await engine.call('settings.read', {})
    answers.longestMs = Math.max(answers.longestMs, performance.now() - askedMs)
    answers.count += 1
  }
  answers.totalMs = performance.now() - startedMs
  return { result: await long, answers }
}

describe('one client', () => {
  test('import, list, read, diagnose: every answer fits the contract, and a second diagnosis comes from the index', async () => {
    const preview = await engine.call('imports.preview', { path: quadratic.path })
    expect(preview.columns.map((column) => column.name)).toEqual(['theta', 'loss', 'stoch_grad', 'full_grad'])

    const { run } = await engine.call('imports.run', { workspace, ...quadratic })
    const { runs, matchedCount } = await engine.call('runs.list', { workspace })
    expect([runs.map((row) => row.id), matchedCount]).toEqual([[run.id], 1])

    const { series } = await engine.call('series.read', {
      workspace,
      requests: [{ runId: run.id, metric: 'loss', buckets: 50 }],
    })
    expect(series[0]).toMatchObject({ kind: 'buckets', pointCount: runs[0]?.metrics['loss']?.count })

    const first = await engine.call('diagnostics.diagnose', { workspace, runIds: [run.id] })
    expect(first.diagnoses[0]?.verdict.id).toBe('invariant-measure')
    const second = await engine.call('diagnostics.diagnose', { workspace, runIds: [run.id] })
    expect(second.diagnoses[0]).toMatchObject({ isCached: true, diagnosis: first.diagnoses[0]?.diagnosis })

    const path = join(engine.folder, 'report.html')
    const report = await engine.call('diagnostics.report', { workspace, runIds: [run.id], path })
    expect(report).toEqual({ path, bytes: statSync(path).size })
    expect(readFileSync(path, 'utf8')).toContain(`<p class="claim">${first.diagnoses[0]?.verdict.summary}`)
  })

  test('a large import and its verification do not keep anybody else waiting', async () => {
    const path = join(engine.folder, 'large.csv')
    const rows = Array.from({ length: 300_000 }, (_, step) => `${step},${Math.sin(step)}`)
    writeFileSync(path, `step,loss\n${rows.join('\n')}\n`)
    const { result, answers } = await askMeanwhile(engine.call('imports.run', { workspace, path }))
    expect(answers.longestMs).toBeLessThan(answers.totalMs / 2)
    const verified = await askMeanwhile(engine.call('runs.verify', { workspace, runId: result.run.id }))
    expect(verified.result).toEqual({ isSound: true, findings: [], checkedSeries: 1 })
    expect(verified.answers.longestMs).toBeLessThan(verified.answers.totalMs / 2)
    expect(answers.count).toBeGreaterThan(5)
  })

  test('a fault in a file is told in one line, from its own thread too', async () => {
    await expect(
      engine.call('imports.run', { workspace, path: join(engine.folder, 'none.csv') }),
    ).rejects.toMatchObject({ code: 'invalid-import', message: expect.stringMatching(/^[^\n]*no such file[^\n]*$/) })
  })

  test('an ended run gets its verdict without being asked for it', async () => {
    const events = collectChanges(engine, workspace, (all) =>
      all.some(({ changed }) => changed.some((row) => row.verdict !== null)),
    )
    await engine.call('imports.run', { workspace, ...quadratic })
    const verdicts = (await events).flatMap(({ changed }) => changed.map((row) => row.verdict?.id))
    expect(verdicts).toContain('invariant-measure')
  })

  test('changed margins are checked, used, and leave the verdict in the table alone', async () => {
    const { run } = await engine.call('imports.run', { workspace, ...quadratic })
    const diagnose = (margins: Record<string, number>) =>
      engine.call('diagnostics.diagnose', { workspace, runIds: [run.id], margins })
    await expect(diagnose({ nonsense: 1 })).rejects.toMatchObject({ code: 'bad-request' })
    await expect(diagnose({ significance: -1 })).rejects.toThrow(/significance=-1 .* from 0\.000001 to 0\.5/)
    await expect(diagnose({ minimumChainCount: 2.5 })).rejects.toThrow(/a whole number from 2 to 1000/)
    await expect(diagnose({ edgeLow: -0.1 })).rejects.toThrow(/a number not below 0/)
    await diagnose({})
    const strict = await diagnose({ minimumEffectiveSampleSize: 1e9 })
    expect(strict.diagnoses[0]?.verdict.id).toBe('not-enough-samples')
    expect((await engine.call('runs.get', { workspace, runId: run.id })).run.verdict?.id).toBe('invariant-measure')
  })

  test('a cancelled diagnosis is answered with `cancelled`, and the engine goes on', async () => {
    const { run } = await engine.call('imports.run', { workspace, ...quadratic })
    const abort = new AbortController()
    const call = engine.call(
      'diagnostics.diagnose',
      { workspace, runIds: [run.id], margins: { permutationCount: 50_000 } },
      { signal: abort.signal, onProgress: () => abort.abort() },
    )
    await expect(call).rejects.toMatchObject({ code: 'cancelled' })
    expect((await engine.call('diagnostics.diagnose', { workspace, runIds: [run.id] })).diagnoses).toHaveLength(1)
  })

  test('a run that is not there is one clear line', async () => {
    await expect(engine.call('runs.get', { workspace, runId: 'nobody' })).rejects.toMatchObject({ code: 'not-found' })
    await expect(engine.call('diagnostics.diagnose', { workspace, runIds: ['nobody'] })).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(engine.call('imports.preview', { path: '/no/such.csv' })).rejects.toMatchObject({
      message: expect.stringContaining('/no/such.csv'),
    })
  })

  test('a foreign and a corrupted file stand beside the good run as problems', async () => {
    for (const name of ['foreign', 'broken']) mkdirSync(join(workspace, name))
    writeFileSync(join(workspace, 'foreign', 'run.sqlite'), 'this is not a database')
    writeFileSync(join(workspace, 'broken', 'run.sqlite'), '')
    const { run } = await engine.call('imports.run', { workspace, ...quadratic })
    const { problems } = await engine.call('workspace.open', { path: workspace })
    expect(problems.map((problem) => problem.path).toSorted()).toEqual([
      join(workspace, 'broken'),
      join(workspace, 'foreign'),
    ])
    for (const { message } of problems) expect(message).not.toContain('\n')
    expect((await engine.call('runs.list', { workspace })).runs.map((row) => row.id)).toEqual([run.id])
  })

  test('opening a run folder of an open workspace names the run and keeps the workspace', async () => {
    const { run } = await engine.call('imports.run', { workspace, ...quadratic })
    expect(await engine.call('workspace.open', { path: run.path })).toMatchObject({
      path: workspace,
      focusRunId: run.id,
    })
  })
})

test('a client that goes in the middle of an export finds nothing half-made beside its place', async () => {
  const path = join(engine.folder, 'large.csv')
  const rows = Array.from({ length: 300_000 }, (_, step) => `${step},${Math.sin(step)}`)
  writeFileSync(path, `step,loss\n${rows.join('\n')}\n`)
  const { run } = await engine.call('imports.run', { workspace, path })
  const target = mkdtempSync(join(tmpdir(), 'ergoscope-export-'))
  onTestFinished(() => rmSync(target, { recursive: true }))
  const request = { workspace, runIds: [run.id], format: 'csv' as const, path: join(target, 'points.csv') }
  const exporting = engine.call('series.export', request).catch((cause: unknown) => cause)
  while (readdirSync(target).length === 0) await delay(2)
  engine.process.stdin?.end()
  await engine.ended
  await exporting
  expect(readdirSync(target).filter((name) => name !== 'points.csv')).toEqual([])
})

describe('several clients', () => {
  test('a run that one engine imports appears in the other one', async () => {
    const other = await startTestEngine()
    await other.call('workspace.open', { path: workspace })
    const seen = collectChanges(other, workspace, (events) => events.some(({ changed }) => changed.length > 0))
    const { run } = await engine.call('imports.run', { workspace, ...quadratic })
    expect((await seen).flatMap(({ changed }) => changed.map((row) => row.id))).toContain(run.id)
    await other.close()
  })

  test('kill -9 in the middle of work, 10 rounds: what was finished is there and sound for the next engine', async () => {
    const finished: string[] = []
    for (let round = 0; round < 10; round++) {
      const victim = await startTestEngine()
      await victim.call('workspace.open', { path: workspace })
      finished.push((await victim.call('imports.run', { workspace, ...quadratic, name: `round ${round}` })).run.id)
      const unfinished = victim.call('imports.run', { workspace, ...quadratic, name: `cut ${round}` })
      const cut = unfinished.catch((cause: unknown) => cause)
      setTimeout(() => victim.process.kill('SIGKILL'), Math.random() * 60)
      await victim.ended
      await cut
      await victim.close()
    }
    for (const id of finished) {
      expect((await engine.call('runs.get', { workspace, runId: id })).run.status).toBe('finished')
      expect(await engine.call('runs.verify', { workspace, runId: id })).toMatchObject({ isSound: true, findings: [] })
    }
  })
})
