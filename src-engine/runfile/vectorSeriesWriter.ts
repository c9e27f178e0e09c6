import type { Database } from 'better-sqlite3'
import type { SeriesStatements } from './scalarSeriesWriter.ts'

/** Float64 components as little-endian bytes. */
export function encodeVector(values: Float64Array): Uint8Array {
  return new Uint8Array(values.slice().buffer)
}

/** Buffer of one vector metric in one attempt. */
export class VectorSeriesWriter {
  readonly metricId: number
  readonly attempt: number
  readonly #database: Database
  #lastStep: number
  #buffer: { step: number; components: Uint8Array }[] = []

  private constructor(database: Database, metricId: number, attempt: number, lastStep: number) {
    this.#database = database
    this.metricId = metricId
    this.attempt = attempt
    this.#lastStep = lastStep
  }

  static open(database: Database, metricId: number, attempt: number): VectorSeriesWriter {
    const lastStep = database
      .prepare<[number, number], number | null>('SELECT max(step) FROM vector WHERE metric = ? AND attempt = ?')
      .pluck()
      .get(metricId, attempt)
    return new VectorSeriesWriter(database, metricId, attempt, lastStep ?? -Infinity)
  }

  get lastStep(): number {
    return this.#lastStep
  }

  add(step: number, values: Float64Array): void {
    this.#buffer.push({ step, components: encodeVector(values) })
    this.#lastStep = step
  }

  insert(_statements: SeriesStatements): void {
    const insert = this.#database.prepare('INSERT INTO vector (metric, attempt, step, components) VALUES (?, ?, ?, ?)')
    for (const { step, components } of this.#buffer) insert.run(this.metricId, this.attempt, step, components)
  }

  forgetInserted(): void {
    this.#buffer = []
  }
}
