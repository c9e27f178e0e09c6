import { createWriteStream, renameSync, rmSync, statSync } from 'node:fs'
import { Readable } from 'node:stream'
import { basename } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { RunReader, ScalarSeries } from '#engine/runfile/runFile.ts'
import { runFileName } from '#engine/runfile/runFileFormat.ts'
import { explainWriteError } from '#engine/files/sqliteErrors.ts'
import { placeAside } from '#engine/files/writeFileAtomically.ts'
import { ErgoscopeError } from '#shared/errors.ts'
import type { ExportRequest, ExportResult } from './workspace.ts'

export interface ExportedRun {
  id: string
  reader: RunReader
}

/** One step of one run: the values of the metrics that have it, in the order of the columns. */
interface ExportRow {
  runId: string
  step: number
  wallTimeMs: number | undefined
  values: (number | undefined)[]
}

const rowsPerChunk = 4096

function exportedMetrics(runs: readonly ExportedRun[], wanted: readonly string[]): string[] {
  const existing = new Set(
    runs.flatMap(({ reader }) =>
      reader
        .metrics()
        .filter(({ kind }) => kind === 'scalar')
        .map(({ name }) => name),
    ),
  )
  const missing = wanted.find((name) => !existing.has(name))
  if (missing !== undefined)
    throw new ErgoscopeError(
      'not-found',
      `no run has a scalar metric "${missing}": there are ${[...existing].sort().join(', ')}`,
    )
  return wanted.length > 0 ? [...wanted] : [...existing].sort()
}

/** Takes the value at `step`, if the column has come to it. */
function takeAt(column: ScalarSeries, position: { next: number }, step: number): number | undefined {
  if (column.steps[position.next] !== step) return undefined
  position.next += 1
  return column.values[position.next - 1]
}

/** All of one moment: of a run that is still written, no column ends before another. */
function readColumns(reader: RunReader, metrics: readonly string[]) {
  const empty = { steps: new Float64Array(0), values: new Float64Array(0) }
  return reader.snapshot(() => {
    const existing = new Set(reader.metrics().map(({ name }) => name))
    const columns = metrics.map((metric) => ({
      series: existing.has(metric) ? reader.scalars(metric) : empty,
      position: { next: 0 },
    }))
    return { columns, ...reader.stepTimes() }
  })
}

function* rowsOf({ id, reader }: ExportedRun, metrics: readonly string[]): Generator<ExportRow> {
  const { columns, steps, wallTimesMs } = readColumns(reader, metrics)
  const time = { next: 0 }
  for (;;) {
    const step = Math.min(...columns.map(({ series, position }) => series.steps[position.next] ?? Infinity))
    if (step === Infinity) return
    while ((steps[time.next] ?? Infinity) < step) time.next += 1
    const wallTimeMs = takeAt({ steps, values: wallTimesMs }, time, step)
    yield { runId: id, step, wallTimeMs, values: columns.map(({ series, position }) => takeAt(series, position, step)) }
  }
}

function quoteCell(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function csvHeader(metrics: readonly string[], hasRunColumn: boolean): string {
  return `${[...(hasRunColumn ? ['run'] : []), 'step', 'wall_time_ms', ...metrics].map(quoteCell).join(',')}\n`
}

function csvLine({ runId, step, wallTimeMs, values }: ExportRow, hasRunColumn: boolean): string {
  const cells = [step, wallTimeMs, ...values].map((value) => (value === undefined ? '' : String(value)))
  return `${[...(hasRunColumn ? [quoteCell(runId)] : []), ...cells].join(',')}\n`
}

/** JSON has no number for what is not finite: it becomes "NaN", "Infinity" or "-Infinity". */
function jsonLine({ runId, step, wallTimeMs, values }: ExportRow, metrics: readonly string[]): string {
  const present = metrics.flatMap((name, index) => {
    const value = values[index]
    return value === undefined ? [] : [[name, Number.isFinite(value) ? value : String(value)]]
  })
  return `${JSON.stringify({ run: runId, step, wall_time_ms: wallTimeMs ?? null, metrics: Object.fromEntries(present) })}\n`
}

function* textOf(
  runs: readonly ExportedRun[],
  metrics: readonly string[],
  format: ExportRequest['format'],
  count: { points: number },
): Generator<string> {
  const hasRunColumn = runs.length > 1
  let text = format === 'csv' ? csvHeader(metrics, hasRunColumn) : ''
  let rows = 0
  for (const run of runs) {
    for (const row of rowsOf(run, metrics)) {
      text += format === 'csv' ? csvLine(row, hasRunColumn) : jsonLine(row, metrics)
      count.points += row.values.filter((value) => value !== undefined).length
      rows += 1
      if (rows % rowsPerChunk !== 0) continue
      yield text
      text = ''
    }
  }
  if (text !== '') yield text
}

/**
 * Writes every point of scalar metrics (default view) to one file: a row per run and step, a column per metric; empty where a metric has no point at that step. Numbers
 * in full precision. Written aside and renamed, so that a failure leaves no half file. Errors: `not-found`, `bad-request` (in the place of a run file), `disk-full`, `read-only`.
 */
export async function exportSeries(
  runs: readonly ExportedRun[],
  request: ExportRequest,
  signal?: AbortSignal,
): Promise<ExportResult> {
  if (basename(request.path) === runFileName)
    throw new ErgoscopeError('bad-request', `${request.path} is the place of a run file: export to another name`)
  const metrics = exportedMetrics(runs, request.metrics ?? [])
  const count = { points: 0 }
  const aside = placeAside(request.path)
  try {
    await pipeline(Readable.from(textOf(runs, metrics, request.format, count)), createWriteStream(aside), { signal })
    renameSync(aside, request.path)
  } catch (cause) {
    rmSync(aside, { force: true })
    signal?.throwIfAborted()
    throw explainWriteError(cause, request.path)
  }
  return { path: request.path, pointCount: count.points, bytes: statSync(request.path).size }
}
