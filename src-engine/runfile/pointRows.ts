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

/** The points of one attempt in a range of steps, every value with its exact bits. */
export function readPoints(database: Database, range: AttemptRange): ScalarSeries {
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
  restoreExactBits(database, range, series)
  return series
}
