import { join } from 'node:path'
import { copyFileSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { RunWriter } from '#engine/runfile/runFile.ts'
import { seriesRequestSchema, seriesSchema, type Series } from '#shared/contract/series.ts'
import type { Workspace } from '#engine/workspace/workspace.ts'
import { newRun, stepsUpTo, temporaryFolder } from '../runfile/runFolder.ts'
import { opened } from './workspaceFolder.ts'

const pointCount = 50_000

/** A wave with one spike, one NaN and one infinity. */
const wave = stepsUpTo(pointCount).map((step) => Math.sin(step / 500))
wave[31_234] = 1e6
wave[40_000] = NaN
wave[40_001] = -Infinity

async function workspaceWith(write: (writer: RunWriter) => void): Promise<{ workspace: Workspace; writer: RunWriter }> {
  const root = temporaryFolder()
  const writer = newRun({ id: 'run' }, join(root, 'run'))
  write(writer)
  writer.commit()
  return { workspace: await opened(root), writer }
}

function read(workspace: Workspace, request: object): Series {
  return seriesSchema.parse(
    workspace.readSeries(seriesRequestSchema.parse({ runId: 'run', metric: 'loss', ...request })),
  )
}

function expectSound(series: Series): void {
  const lengths = [series.x, series.steps, series.min, series.max, series.mean, series.last, series.counts].map(
    ({ length }) => length,
  )
  expect(new Set(lengths).size).toBe(1)
  expect(series.counts.reduce((sum, count) => sum + count, 0)).toBe(series.pointCount)
  expect([...series.x]).toEqual([...series.x].sort((left, right) => left - right))
}

const logWave = (writer: RunWriter): void => {
  writer.defineMetric({ name: 'loss', kind: 'scalar', dimension: 1, unit: 'nats', description: '', role: null })
  writer.logSeries('loss', stepsUpTo(pointCount), wave)
  writer.setConfig({ 'derived.steps_per_epoch': 100 })
}

describe('a series of few points', () => {
  it('is every point', async () => {
    const { workspace } = await workspaceWith((writer) =>
      [1, NaN, Infinity].forEach((loss, step) => writer.logScalars(step, { loss }, 500 * step)),
    )
    const series = read(workspace, {})
    expectSound(series)
    expect(series).toMatchObject({
      kind: 'points',
      pointCount: 3,
      smoothed: null,
      attempts: 1,
      last: Float64Array.of(1, NaN, Infinity),
      min: Float64Array.of(1, NaN, NaN),
    })
    expect(series.nonFinite).toEqual({
      nanCount: 1,
      positiveInfinityCount: 1,
      negativeInfinityCount: 0,
      firstStep: 1,
      x: Float64Array.of(1, 2),
    })
  })

  it('can be placed by time', async () => {
    const { workspace } = await workspaceWith((writer) => {
      writer.setStatus('running', '', 1000)
      ;[3, 2, 1].forEach((loss, step) => writer.logScalars(step * 10, { loss }, 2000 + 500 * step))
    })
    expect(read(workspace, { axis: 'wall_time' }).x).toEqual(Float64Array.of(2000, 2500, 3000))
    expect(read(workspace, { axis: 'relative_time', from: 5 })).toMatchObject({
      x: Float64Array.of(1.5, 2),
      steps: Float64Array.of(10, 20),
      pointCount: 2,
    })
  })

  it('has no position where the run does not know it', async () => {
    const { workspace } = await workspaceWith((writer) => writer.logSeries('loss', stepsUpTo(5), stepsUpTo(5)))
    for (const axis of ['epoch', 'wall_time', 'relative_time'])
      expect(read(workspace, { axis })).toMatchObject({ pointCount: 0, x: new Float64Array(0) })
  })

  it('takes epochs from the run, nowhere else', async () => {
    const { workspace } = await workspaceWith((writer) => {
      writer.logSeries('loss', stepsUpTo(10), stepsUpTo(10))
      writer.logSeries('epoch', Float64Array.of(2, 6), Float64Array.of(1, 2))
    })
    expect(read(workspace, { axis: 'epoch' })).toMatchObject({
      x: Float64Array.of(1, 1.25, 1.5, 1.75, 2),
      steps: Float64Array.of(2, 3, 4, 5, 6),
      pointCount: 5,
    })
  })

  it('that are missing is empty, not an error', async () => {
    const { workspace } = await workspaceWith((writer) => writer.logVector(0, 'sketch', Float64Array.of(1), 0))
    expect(read(workspace, { metric: 'none' }).pointCount).toBe(0)
    expect(read(workspace, { metric: 'sketch' }).pointCount).toBe(0)
    expect(read(workspace, { runId: 'nobody', smoothing: { kind: 'ema', weight: 0.5 } })).toMatchObject({
      pointCount: 0,
      smoothed: new Float64Array(0),
    })
  })
})

describe('a series of many points', () => {
  it.each([
    ['from the pyramid', {}],
    ['on a logarithmic axis', { logarithmic: true }],
    ['by epoch', { axis: 'epoch' }],
    ['from decoded points', { smoothing: { kind: 'ema', weight: 0.9 } }],
    ['from decoded points on a logarithmic axis', { smoothing: { kind: 'ema', weight: 0 }, logarithmic: true }],
    ['in a range', { from: 30_001, to: 45_000 }],
  ])('is an exact envelope: %s', async (_how, request) => {
    const { workspace } = await workspaceWith(logWave)
    const series = read(workspace, { buckets: 200, ...request })
    expectSound(series)
    expect(series).toMatchObject({ kind: 'buckets', pointCount: 'from' in request ? 15_000 : pointCount, unit: 'nats' })
    expect(series.x.length).toBeLessThanOrEqual(200)
    expect(Math.max(...series.max.filter(Number.isFinite))).toBe(1e6)
    const start = 'from' in request ? request.from : 0
    let next = start
    series.counts.forEach((count, bucket) => {
      const part = wave.subarray(next, next + count)
      expect(series.last[bucket]).toBe(part.at(-1))
      expect(series.steps[bucket]).toBe(next + count - 1)
      expect(series.x[bucket]).toBe('axis' in request ? next / 100 : next)
      expect(series.min[bucket]).toBe(Math.min(...part.filter(Number.isFinite)))
      next += count
    })
    expect(series.nonFinite).toEqual({
      nanCount: 1,
      positiveInfinityCount: 0,
      negativeInfinityCount: 1,
      firstStep: 40_000,
      x: Float64Array.of(40_000, 40_001).map((step) => ('axis' in request ? step / 100 : step)),
    })
  })

  it('has buckets of about equal width on the axis', async () => {
    const { workspace } = await workspaceWith(logWave)
    const linear = read(workspace, { buckets: 100 })
    for (const count of linear.counts) expect(count).toBeLessThanOrEqual(2 * (pointCount / 100))
    const logarithmic = read(workspace, { buckets: 100, logarithmic: true })
    const widest = Math.max(
      ...logarithmic.x.slice(1).map((x, bucket) => Math.log10((logarithmic.steps[bucket + 1] ?? NaN) / x)),
    )
    expect(widest).toBeLessThan(2 * (Math.log10(pointCount) / 100))
  })

  it('marks at most 200 of many points that are not finite, and counts them all', async () => {
    const { workspace } = await workspaceWith((writer) =>
      writer.logSeries(
        'loss',
        stepsUpTo(20_000),
        stepsUpTo(20_000).map((step) => (step >= 5000 ? NaN : 1)),
      ),
    )
    const { nonFinite } = read(workspace, {})
    expect(nonFinite).toMatchObject({ nanCount: 15_000, firstStep: 5000 })
    expect(nonFinite.x.length).toBeLessThanOrEqual(200)
    expect(nonFinite.x[0]).toBe(5000)
  })
})

describe('smoothing', () => {
  it('comes before decimation, over all points, whatever the range', async () => {
    const { workspace } = await workspaceWith((writer) =>
      writer.logSeries(
        'loss',
        stepsUpTo(5000),
        stepsUpTo(5000).map((step) => step % 2),
      ),
    )
    const smoothing = { kind: 'ema', weight: 0.99 }
    const every = read(workspace, { smoothing, buckets: 20_000 })
    const few = read(workspace, { smoothing, buckets: 50 })
    few.steps.forEach((step, bucket) => expect(few.smoothed?.[bucket]).toBe(every.smoothed?.[step]))
    expect(read(workspace, { smoothing, from: 4000 }).smoothed?.[0]).toBe(every.smoothed?.[4000])
  })

  it('starts anew where the hyper-parameters change', async () => {
    const segment = {
      learningRate: 1,
      momentum: null,
      nesterov: null,
      weightDecay: null,
      batchSize: null,
      sampling: null,
    }
    const { workspace } = await workspaceWith((writer) => {
      writer.logSeries(
        'loss',
        stepsUpTo(20),
        stepsUpTo(20).map((step) => (step < 10 ? 0 : 8)),
      )
      writer.beginSegment({ from: 0, ...segment })
      writer.beginSegment({ from: 10, ...segment, learningRate: 0.1 })
    })
    expect([...(read(workspace, { smoothing: { kind: 'ema', weight: 0.9 } }).smoothed ?? [])]).toEqual([
      ...new Float64Array(10),
      ...new Float64Array(10).fill(8),
    ])
    const geometric = read(workspace, { smoothing: { kind: 'ema', weight: 0.9, geometric: true } })
    expect([...(geometric.smoothed ?? [])].map((value) => Math.round(value * 1e9) / 1e9)).toEqual([
      ...new Float64Array(10).fill(NaN),
      ...new Float64Array(10).fill(8),
    ])
  })
})

describe('a series of a live run', () => {
  it('grows with every commit and follows a new attempt', async () => {
    const { workspace, writer } = await workspaceWith((live) => live.logSeries('loss', stepsUpTo(10), stepsUpTo(10)))
    const smoothing = { kind: 'ema', weight: 0 }
    expect(read(workspace, { smoothing }).pointCount).toBe(10)
    writer.logSeries('loss', Float64Array.of(10, 11), Float64Array.of(10, 11))
    writer.commit()
    expect([...read(workspace, { smoothing }).last]).toEqual([...stepsUpTo(12)])
    writer.beginAttempt(3)
    writer.logScalars(3, { loss: 33 }, 0)
    writer.commit()
    expect(read(workspace, { smoothing })).toMatchObject({ last: Float64Array.of(0, 1, 2, 33), attempts: 2 })
    expect(read(workspace, {}).last).toEqual(Float64Array.of(0, 1, 2, 33))
  })
})

describe('a phase plot', () => {
  it('joins two metrics at their common steps and thins them evenly', async () => {
    const { workspace } = await workspaceWith((writer) => {
      writer.logSeries('loss', stepsUpTo(100), stepsUpTo(100))
      writer.logSeries(
        'norm',
        stepsUpTo(50).map((i) => 3 * i),
        stepsUpTo(50),
      )
    })
    const phase = workspace.readPhase({ runId: 'run', xMetric: 'loss', yMetric: 'norm', from: 6 }, 1000)
    expect(phase.pointCount).toBe(32)
    expect([...phase.y]).toEqual([...phase.x].map((x) => x / 3))
    const thin = workspace.readPhase({ runId: 'run', xMetric: 'loss', yMetric: 'norm' }, 10)
    expect([thin.x.length, thin.x[0], thin.x.at(-1), thin.pointCount]).toEqual([10, 0, 99, 34])
    expect(workspace.readPhase({ runId: 'run', xMetric: 'loss', yMetric: 'none' }, 10).pointCount).toBe(0)
  })
})

describe('a run in the place of another', () => {
  it('is drawn from its own points alone, also where the file system takes the file for the same', async () => {
    const root = temporaryFolder()
    const [old, anew] = ['old', 'anew'].map((id) => newRun({ id }, join(root, id)))
    for (let step = 0; step < 3; step += 1) old?.logScalars(step, { loss: 1 }, 0)
    for (let step = 0; step < 5; step += 1) {
      anew?.logScalars(step, { loss: 2 }, 0)
      anew?.commit()
    }
    for (const writer of [old, anew]) writer?.finish('finished', '', 1)
    const workspace = await opened(root)
    const request = { smoothing: { kind: 'ema', weight: 0.5 } }
    expect([...read(workspace, { ...request, runId: 'old' }).last]).toEqual([1, 1, 1])
    copyFileSync(anew?.file ?? '', old?.file ?? '')
    rmSync(anew?.folder ?? '', { recursive: true })
    expect(workspace.row('anew').path).toBe(old?.folder)
    expect([...read(workspace, { ...request, runId: 'anew' }).last]).toEqual([2, 2, 2, 2, 2])
  })
})

describe('an export', () => {
  it('writes every point of every metric in full precision', async () => {
    const { workspace, writer } = await workspaceWith((run) => {
      run.logScalars(0, { loss: 0.1 + 0.2, 'odd, "name"': NaN }, 1000)
      run.logScalars(2, { loss: -Infinity }, 1500)
    })
    const path = join(writer.folder, '..', 'points')
    expect(await workspace.exportSeries({ runIds: ['run'], format: 'csv', path })).toEqual({
      path,
      pointCount: 3,
      bytes: readFileSync(path).length,
    })
    expect(readFileSync(path, 'utf8')).toBe(
      'step,wall_time_ms,loss,"odd, ""name"""\n0,1000,0.30000000000000004,NaN\n2,1500,-Infinity,\n',
    )
    await workspace.exportSeries({ runIds: ['run'], metrics: ['loss'], format: 'jsonl', path })
    expect(
      readFileSync(path, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { run: 'run', step: 0, wall_time_ms: 1000, metrics: { loss: 0.1 + 0.2 } },
      { run: 'run', step: 2, wall_time_ms: 1500, metrics: { loss: '-Infinity' } },
    ])
    await expect(workspace.exportSeries({ runIds: ['run'], metrics: ['none'], format: 'csv', path })).rejects.toThrow(
      'no run has a scalar metric "none": there are loss',
    )
  })

  it('to one place twice at once gives the whole file, and nothing beside it', async () => {
    const { workspace, writer } = await workspaceWith((run) => run.logScalars(0, { loss: 1 }, 0))
    const path = join(writer.folder, 'points.csv')
    const request = { runIds: ['run'], format: 'csv' as const, path }
    await Promise.all([workspace.exportSeries(request), workspace.exportSeries(request)])
    expect(readFileSync(path, 'utf8')).toBe('step,wall_time_ms,loss\n0,0,1\n')
    expect(readdirSync(writer.folder).filter((name) => name.startsWith('points'))).toEqual(['points.csv'])
  })
})
