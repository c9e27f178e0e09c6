import { createHash } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import { prepared } from './prepared.ts'
import { highestStep, lowestStep, readPoints } from './pointRows.ts'
import { SeriesHash } from './seriesHash.ts'

/** A checksum covers one series (`scalar:METRIC:ATTEMPT`, `vector:METRIC:ATTEMPT`) or one small table. */
export interface Checksum {
  content: string
  rowCount: number
  sha256: Buffer
}

/** Small tables that do not change after a run ended, with the order of their rows. */
const tables: Record<string, string> = {
  attempt: 'number, metric',
  checkpoint: 'file',
  config: 'key',
  event: 'id',
  metric: 'id',
  segment: 'from_step',
  step_time: 'attempt, step',
  version: 'program',
}

/** JSON has no number that is not finite. */
function exactNumber(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value
}

function tableChecksum(database: Database, table: string, order: string): Checksum {
  const hash = createHash('sha256')
  let rowCount = 0
  // Column names are part of the text: a later version that adds a column recomputes the checksums in its migration.
  for (const row of database.prepare(`SELECT * FROM main.${table} ORDER BY ${order}`).iterate()) {
    hash.update(`${JSON.stringify(row, exactNumber)}\n`)
    rowCount += 1
  }
  return { content: `table:${table}`, rowCount, sha256: hash.digest() }
}

function scalarChecksum(database: Database, metricId: number, attempt: number): Checksum {
  const { steps, values } = readPoints(database, { metricId, attempt, from: lowestStep, to: highestStep })
  const hash = new SeriesHash()
  hash.update(steps, values)
  return { content: `scalar:${metricId}:${attempt}`, rowCount: hash.count, sha256: hash.digest() }
}

function vectorChecksum(database: Database, metricId: number, attempt: number): Checksum {
  const hash = createHash('sha256')
  let rowCount = 0
  const rows = prepared<[number, number], [number, Uint8Array]>(
    database,
    'SELECT step, components FROM main.vector WHERE metric = ? AND attempt = ? ORDER BY step',
  )
    .raw()
    .iterate(metricId, attempt)
  for (const [step, components] of rows) {
    hash.update(new Uint8Array(Float64Array.of(step).buffer))
    hash.update(components)
    rowCount += 1
  }
  return { content: `vector:${metricId}:${attempt}`, rowCount, sha256: hash.digest() }
}

function seriesKeys(database: Database, table: 'point' | 'vector'): [number, number][] {
  const next = prepared<[number, number], [number, number]>(
    database,
    `SELECT metric, attempt FROM main.${table} WHERE (metric, attempt) > (?, ?) ORDER BY metric, attempt LIMIT 1`,
  ).raw()
  const keys: [number, number][] = []
  for (let key = next.get(-1, -1); key; key = next.get(...key)) keys.push(key)
  return keys
}

/** Computed from the rows, but for those series whose hash the writer kept while it logged them. */
export function computeChecksums(
  database: Database,
  known: readonly { metricId: number; attempt: number; hash: SeriesHash }[] = [],
): Checksum[] {
  const kept = new Map(known.map(({ metricId, attempt, hash }) => [`scalar:${metricId}:${attempt}`, hash]))
  return [
    ...Object.entries(tables).map(([table, order]) => tableChecksum(database, table, order)),
    ...seriesKeys(database, 'point').map(([metricId, attempt]) => {
      const content = `scalar:${metricId}:${attempt}`
      const hash = kept.get(content)
      return hash
        ? { content, rowCount: hash.count, sha256: hash.digest() }
        : scalarChecksum(database, metricId, attempt)
    }),
    ...seriesKeys(database, 'vector').map(([metricId, attempt]) => vectorChecksum(database, metricId, attempt)),
  ]
}

export function writeChecksums(
  database: Database,
  known: readonly { metricId: number; attempt: number; hash: SeriesHash }[],
): void {
  database.prepare('DELETE FROM checksum').run()
  const insert = database.prepare(
    'INSERT INTO checksum (content, row_count, sha256) VALUES (:content, :rowCount, :sha256)',
  )
  for (const checksum of computeChecksums(database, known)) insert.run(checksum)
}
