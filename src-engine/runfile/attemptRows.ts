import type { Database } from 'better-sqlite3'
import { prepared } from './prepared.ts'
import { highestStep, lowestStep, type AttemptRange } from './pointRows.ts'
import type { StepRange } from './runFile.ts'

export type SeriesTable = 'point' | 'vector' | 'step_time'

/** `metricId` null: the table has no metric (step_time). */
function attemptsIn(database: Database, table: SeriesTable, metricId: number | null): number[] {
  const filter = metricId === null ? '' : 'metric = :metricId AND'
  const next = prepared<[{ metricId: number | null; after: number }], number | null>(
    database,
    `SELECT min(attempt) FROM main.${table} WHERE ${filter} attempt > :after`,
  ).pluck()
  const attempts: number[] = []
  for (
    let attempt = next.get({ metricId, after: -1 });
    attempt != null;
    attempt = next.get({ metricId, after: attempt })
  )
    attempts.push(attempt)
  return attempts
}

export interface VisibleRange extends AttemptRange {
  /** No later attempt replaced a part of it, and the caller asked for all: its stored summary holds. */
  isWhole: boolean
}

/**
 * What the last attempt left of every attempt, in ascending order of both attempt and step: an attempt counts up to the step from which a later one replaced it.
 */
export function visibleRanges(
  database: Database,
  table: SeriesTable,
  metricId: number | null,
  range: StepRange = {},
): VisibleRange[] {
  const from = Math.max(range.from ?? lowestStep, lowestStep)
  const to = Math.min(range.to ?? highestStep, highestStep)
  const replacements = prepared<[number | null], { number: number; fromStep: number }>(
    database,
    'SELECT number, from_step AS fromStep FROM main.attempt WHERE metric IS NULL OR metric = ? ORDER BY number DESC',
  ).all(metricId)
  const ranges: VisibleRange[] = []
  let until = highestStep
  let next = 0
  for (const attempt of attemptsIn(database, table, metricId).reverse()) {
    for (; next < replacements.length; next += 1) {
      const replacement = replacements[next]
      if (!replacement || replacement.number <= attempt) break
      until = Math.min(until, replacement.fromStep - 1)
    }
    const visible = { metricId: metricId ?? 0, attempt, from: Math.ceil(from), to: Math.floor(Math.min(to, until)) }
    if (visible.from <= visible.to)
      ranges.push({ ...visible, isWhole: from === lowestStep && visible.to === highestStep })
  }
  return ranges.reverse()
}
