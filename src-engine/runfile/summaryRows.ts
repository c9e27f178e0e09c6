import type { Database } from 'better-sqlite3'
import { prepared } from './prepared.ts'
import type { PyramidNode } from './pyramidNode.ts'

type SummaryRow = [
  count: number,
  firstStep: number,
  lastStep: number,
  min: number | null,
  max: number | null,
  sum: number | null,
  first: number | null,
  last: number | null,
  nanCount: number,
  positiveInfinityCount: number,
  negativeInfinityCount: number,
]

function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value
}

/** Columns of series_summary after metric and attempt. */
export function summaryValues(total: PyramidNode): SummaryRow {
  return [
    total.count,
    total.firstStep,
    total.lastStep,
    orNull(total.min),
    orNull(total.max),
    orNull(total.sum),
    orNull(total.first),
    orNull(total.last),
    total.nanCount,
    total.positiveInfinityCount,
    total.negativeInfinityCount,
  ]
}

/** The stored summary of a whole series; null where its writer kept none. */
export function readSummary(database: Database, metricId: number, attempt: number): PyramidNode | null {
  const row = prepared<[number, number], SummaryRow>(
    database,
    `SELECT count, first_step, last_step, min, max, sum, first, last, nan_count, positive_infinity_count, negative_infinity_count
       FROM main.series_summary WHERE metric = ? AND attempt = ?`,
  )
    .raw()
    .get(metricId, attempt)
  if (!row) return null
  const [
    count,
    firstStep,
    lastStep,
    min,
    max,
    sum,
    first,
    last,
    nanCount,
    positiveInfinityCount,
    negativeInfinityCount,
  ] = row
  return {
    firstStep,
    lastStep,
    min: min ?? NaN,
    max: max ?? NaN,
    first: first ?? NaN,
    last: last ?? NaN,
    sum: sum ?? NaN,
    count,
    nanCount,
    positiveInfinityCount,
    negativeInfinityCount,
  }
}
