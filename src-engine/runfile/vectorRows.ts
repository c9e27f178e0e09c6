import type { Database } from 'better-sqlite3'
import { prepared } from './prepared.ts'
import { ErgoscopeError } from '#shared/errors.ts'
import type { AttemptRange } from './pointRows.ts'
import type { VectorSeries } from './runFile.ts'

/** All vectors of some ranges, in order. */
export function readVectors(database: Database, ranges: readonly AttemptRange[], dimension: number): VectorSeries {
  const select = prepared<[number, number, number, number], [number, Uint8Array]>(
    database,
    'SELECT step, components FROM main.vector WHERE metric = ? AND attempt = ? AND step BETWEEN ? AND ? ORDER BY step',
  ).raw()
  const rows = ranges.flatMap(({ metricId, attempt, from, to }) => select.all(metricId, attempt, from, to))
  const steps = Float64Array.from(rows, ([step]) => step)
  const values = new Float64Array(rows.length * dimension)
  const bytes = new Uint8Array(values.buffer)
  rows.forEach(([step, components], index) => {
    if (components.byteLength !== dimension * 8) {
      throw new ErgoscopeError(
        'unreadable-run',
        `a vector at step ${step} has ${components.byteLength / 8} components instead of ${dimension}`,
      )
    }
    bytes.set(components, index * dimension * 8)
  })
  return { steps, dimension, values }
}
