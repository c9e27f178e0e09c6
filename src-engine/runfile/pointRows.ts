import type { Database } from 'better-sqlite3'
import { prepared } from './prepared.ts'
import { restoreBits } from './exactBits.ts'
import type { ScalarSeries } from './runFile.ts'

/** Points read by one statement: enough to be fast, few enough that no reader holds a snapshot for long. */
const chunkRows = 65_536

export interface AttemptRange {
  metricId: number
  attempt: number
  /** Inclusive. */
  from: number
  to: number
}

/** Bounds of what an INTEGER column and a float64 both hold exactly. */
export const lowestStep = Number.MIN_SAFE_INTEGER
export const highestStep = Number.MAX_SAFE_INTEGER

type PointRow = [step: number, value: number | null]

function* pointChunks(database: Database, range: AttemptRange): Generator<PointRow[]> {
  const select = prepared<[number, number, number, number], PointRow>(
    database,
    `SELECT step, value FROM main.point WHERE metric = ? AND attempt = ? AND step BETWEEN ? AND ? ORDER BY step LIMIT ${chunkRows}`,
  ).raw()
  let from = range.from
  for (;;) {
    const rows = select.all(range.metricId, range.attempt, from, range.to)
    if (rows.length > 0) yield rows
    const last = rows.at(-1)
    if (rows.length < chunkRows || last === undefined) return
    from = last[0] + 1
  }
}

function restoreExactBits(database: Database, range: AttemptRange, series: ScalarSeries): void {
  const kept = prepared<[number, number, number, number], [number, Uint8Array]>(
    database,
    'SELECT step, bits FROM main.point_bits WHERE metric = ? AND attempt = ? AND step BETWEEN ? AND ? ORDER BY step',
  )
    .raw()
    .all(range.metricId, range.attempt, range.from, range.to)
  let index = 0
  for (const [step, bits] of kept) {
    while (index < series.steps.length && (series.steps[index] ?? NaN) < step) index += 1
    if (series.steps[index] === step) restoreBits(series.values, index, bits)
  }
}

/** The first and the last recorded step of a range; undefined when it is empty. */
function recordedEnds(database: Database, range: AttemptRange): { from: number; to: number } | undefined {
  const end = (order: 'ASC' | 'DESC'): number | undefined =>
    prepared<[number, number, number, number], number>(
      database,
      `SELECT step FROM main.point WHERE metric = ? AND attempt = ? AND step BETWEEN ? AND ? ORDER BY step ${order} LIMIT 1`,
    )
      .pluck()
      .get(range.metricId, range.attempt, range.from, range.to)
  const [from, to] = [end('ASC'), end('DESC')]
  return from === undefined || to === undefined ? undefined : { from, to }
}

/**
 * The points of a range that has one at every step, as a metric logged each step has; undefined when there are gaps.
 * A statement with one column makes no row objects, which are two thirds of the time of reading rows.
 */
function readGaplessPoints(database: Database, range: AttemptRange): ScalarSeries | undefined {
  const ends = recordedEnds(database, range)
  if (!ends) return undefined
  const select = prepared<[number, number, number, number], number | null>(
    database,
    'SELECT value FROM main.point WHERE metric = ? AND attempt = ? AND step BETWEEN ? AND ? ORDER BY step',
  ).pluck()
  const count = ends.to - ends.from + 1
  const chunks: (number | null)[][] = []
  for (let offset = 0; offset < count; offset += chunkRows) {
    const size = Math.min(chunkRows, count - offset)
    const chunk = select.all(range.metricId, range.attempt, ends.from + offset, ends.from + offset + size - 1)
    // Steps are whole numbers and unique, so a full chunk has every one.
    if (chunk.length < size) return undefined
    chunks.push(chunk)
  }
  const series = { steps: new Float64Array(count), values: new Float64Array(count) }
  let index = 0
  for (const chunk of chunks)
    for (const value of chunk) {
      series.steps[index] = ends.from + index
      series.values[index] = value ?? Number.NaN
      index += 1
    }
  return series
}

/** The points of one attempt in a range of steps, every value with its exact bits. */
export function readPoints(database: Database, range: AttemptRange): ScalarSeries {
  const series = readGaplessPoints(database, range) ?? readPointRows(database, range)
  restoreExactBits(database, range, series)
  return series
}

function readPointRows(database: Database, range: AttemptRange): ScalarSeries {
  const chunks = [...pointChunks(database, range)]
  const count = chunks.reduce((sum, rows) => sum + rows.length, 0)
  const series = { steps: new Float64Array(count), values: new Float64Array(count) }
  let index = 0
  for (const rows of chunks) {
    for (const [step, value] of rows) {
      series.steps[index] = step
      series.values[index] = value ?? NaN
      index += 1
    }
  }
  return series
}
