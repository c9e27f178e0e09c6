// Writing points, and an overview of ten million of them. Run: npm run bench, or node benchmarks/ingest.ts [POINTS]
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { queryRunFile } from '#engine/runfile/queryRunFile.ts'
import { openRunReader } from '#engine/runfile/reader.ts'
import type { RunWriter } from '#engine/runfile/runFile.ts'
import { createRun } from '#engine/runfile/writer.ts'

const pointCount = Number(process.argv[2] ?? 10_000_000)
const pointsPerCommit = 25_000
const bucketCount = 1200
const metricsPerStep = 10

function milliseconds(work: () => unknown): number {
  const startedMs = performance.now()
  work()
  return performance.now() - startedMs
}

function median(samples: number[]): number {
  return samples.sort((left, right) => left - right)[samples.length >> 1] ?? NaN
}

function newRun(folder: string): RunWriter {
  return createRun(folder, {
    id: 'bench',
    name: 'bench',
    group: null,
    tags: [],
    notes: '',
    source: 'logged',
    seed: null,
    createdAtMs: Date.now(),
    host: '',
    versions: {},
    plannedSteps: null,
    recipeYaml: null,
  })
}

/** What a training worker does: several scalars per step, a commit now and then. */
function ingestSteps(writer: RunWriter, stepCount: number): void {
  for (let step = 0; step < stepCount; step += 1) {
    const scalars: Record<string, number> = {}
    for (let metric = 0; metric < metricsPerStep; metric += 1) scalars[`metric ${metric}`] = Math.sin(step + metric)
    writer.logScalars(step, scalars, step)
    if (step % 500 === 499) writer.commit()
  }
  writer.commit()
}

/** What an importer does: one long series. */
function ingestSeries(writer: RunWriter): void {
  for (let start = 0; start < pointCount; start += pointsPerCommit) {
    const steps = Float64Array.from(
      { length: Math.min(pointsPerCommit, pointCount - start) },
      (_, index) => start + index,
    )
    writer.logSeries(
      'loss',
      steps,
      steps.map((step) => Math.sin(step / 1000) + Math.sin(step * 12.9898)),
    )
    writer.commit()
  }
}

const root = mkdtempSync(join(tmpdir(), 'ergoscope-bench-'))
try {
  const live = newRun(join(root, 'live'))
  const liveMs = milliseconds(() => ingestSteps(live, 20_000))
  live.finish('finished', '', Date.now())
  console.log(
    `ingest, ${metricsPerStep} scalars a step: ${Math.round((20_000 * metricsPerStep) / (liveMs / 1000))} points/s`,
  )

  const writer = newRun(join(root, 'series'))
  const seriesMs = milliseconds(() => ingestSeries(writer))
  const finishMs = milliseconds(() => writer.finish('finished', '', Date.now()))
  console.log(
    `ingest, one series: ${Math.round(pointCount / (seriesMs / 1000))} points/s, ${(statSync(writer.file).size / pointCount).toFixed(1)} bytes/point, ended in ${finishMs.toFixed(0)} ms`,
  )

  const reader = openRunReader(writer.folder)
  const overviewMs = median(Array.from({ length: 9 }, () => milliseconds(() => reader.envelope('loss', bucketCount))))
  const grouping = `SELECT min(value), max(value), count(*) FROM point GROUP BY step / ${Math.ceil(pointCount / bucketCount)}`
  const groupingMs = milliseconds(() => queryRunFile(writer.file, grouping))
  console.log(
    `overview of ${pointCount} points in ${bucketCount} buckets: ${overviewMs.toFixed(1)} ms; by SQL grouping ${groupingMs.toFixed(0)} ms (${(groupingMs / overviewMs).toFixed(0)} times as long)`,
  )
  console.log(
    `summaries: ${milliseconds(() => reader.metricSummaries()).toFixed(2)} ms; all points: ${milliseconds(() => reader.scalars('loss')).toFixed(0)} ms`,
  )
  reader.close()
} finally {
  rmSync(root, { recursive: true, force: true })
}
