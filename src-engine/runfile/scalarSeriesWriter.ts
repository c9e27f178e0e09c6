import type { Database, Statement } from 'better-sqlite3'
import { bitsToKeep } from './exactBits.ts'
import { PointBuffer } from './pointBuffer.ts'
import { highestStep, lowestStep, readPoints } from './pointRows.ts'
import { PyramidBuilder } from './pyramidBuilder.ts'
import { allStoredNodes } from './pyramidRows.ts'
import { SeriesHash } from './seriesHash.ts'
import { summaryValues } from './summaryRows.ts'

/** Statements that every series of a writer shares. */
export interface SeriesStatements {
  point: Statement
  pointBits: Statement
  pyramid: Statement
  summary: Statement
}

export function prepareSeriesStatements(database: Database): SeriesStatements {
  return {
    point: database.prepare('INSERT INTO point (metric, attempt, step, value) VALUES (?, ?, ?, ?)'),
    pointBits: database.prepare('INSERT INTO point_bits (metric, attempt, step, bits) VALUES (?, ?, ?, ?)'),
    pyramid: database.prepare('INSERT INTO pyramid (metric, attempt, level, first_step, nodes) VALUES (?, ?, ?, ?, ?)'),
    summary: database.prepare('INSERT OR REPLACE INTO series_summary VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'),
  }
}

/** Buffer, pyramid, summary and checksum of one scalar metric in one attempt. */
export class ScalarSeriesWriter {
  readonly metricId: number
  readonly attempt: number
  readonly #buffer = new PointBuffer()
  readonly #hash: SeriesHash
  readonly #pyramid: PyramidBuilder

  constructor(metricId: number, attempt: number, pyramid = new PyramidBuilder(), hash = new SeriesHash()) {
    this.metricId = metricId
    this.attempt = attempt
    this.#pyramid = pyramid
    this.#hash = hash
  }

  /** Continues a stored series: the pyramid from its stored nodes, the checksum from all points. */
  static restore(database: Database, metricId: number, attempt: number): ScalarSeriesWriter {
    const range = { metricId, attempt, from: lowestStep, to: highestStep }
    const levels = allStoredNodes(database, range)
    const covered = levels[0]?.at(-1)?.lastStep ?? -Infinity
    const pyramid = PyramidBuilder.restore(levels)
    const { steps, values } = readPoints(database, range)
    const hash = new SeriesHash()
    hash.update(steps, values)
    steps.forEach((step, index) => {
      if (step > covered) pyramid.add(step, values[index] ?? NaN)
    })
    return new ScalarSeriesWriter(metricId, attempt, pyramid, hash)
  }

  /** -Infinity without points. */
  get lastStep(): number {
    return this.#pyramid.total.count === 0 ? -Infinity : this.#pyramid.total.lastStep
  }

  get bufferedCount(): number {
    return this.#buffer.count
  }

  get hash(): SeriesHash {
    return this.#hash
  }

  /** `values[index]` at `step`, which must be above `lastStep`. */
  add(step: number, values: Float64Array, index: number): void {
    this.#buffer.add(step, values, index)
    this.#pyramid.add(step, values[index] ?? NaN)
  }

  /** Inside the writer's transaction. */
  insert(statements: SeriesStatements): void {
    const steps = this.#buffer.steps()
    const values = this.#buffer.values()
    const words = new Uint32Array(values.buffer, values.byteOffset, values.length * 2)
    for (let index = 0; index < steps.length; index += 1) {
      const value = values[index]
      statements.point.run(this.metricId, this.attempt, steps[index], Number.isNaN(value) ? null : value)
      const bits = bitsToKeep(values, words, index)
      if (bits) statements.pointBits.run(this.metricId, this.attempt, steps[index], bits)
    }
    for (const blob of this.#pyramid.fullBlobs()) {
      statements.pyramid.run(this.metricId, this.attempt, blob.level, blob.firstStep, blob.nodes)
    }
    statements.summary.run(this.metricId, this.attempt, ...summaryValues(this.#pyramid.total))
  }

  /** After the transaction succeeded. */
  forgetInserted(): void {
    this.#hash.update(this.#buffer.steps(), this.#buffer.values())
    this.#buffer.clear()
    this.#pyramid.forgetFullBlobs()
  }
}
