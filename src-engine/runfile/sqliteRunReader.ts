import type { Database } from 'better-sqlite3'
import { prepared } from './prepared.ts'
import { ErgoscopeError } from '#shared/errors.ts'
import type { CheckpointInfo, MetricInfo, MetricSummary, RunConfig, RunEvent, Segment } from '#shared/run.ts'
import { visibleRanges } from './attemptRows.ts'
import { fileIdentity } from '#engine/files/fileIdentity.ts'
import { fileToken } from './fileToken.ts'
import { envelopeOf } from './nodeEnvelope.ts'
import { namedRecord } from './namedRecord.ts'
import { readPoints } from './pointRows.ts'
import { appendNode, emptyNode, mergeNodes, nonFiniteCount, type PyramidNode } from './pyramidNode.ts'
import { coverRange, type IsFineEnough } from './pyramidRows.ts'
import { RunConnection } from './runConnection.ts'
import type { Envelope, RunReader, RunState, ScalarSeries, StepRange, VectorSeries, VerifyResult } from './runFile.ts'
import { readCheckpoints, readConfig, readEvents, readMetrics, readRunState, readSegments } from './stateRows.ts'
import { joinSeries } from './joinSeries.ts'
import { readSummary } from './summaryRows.ts'
import { readVectors } from './vectorRows.ts'
import { verifyRun } from './verifyRun.ts'

function metricOf(database: Database, name: string, kind: 'scalar' | 'vector'): { id: number; dimension: number } {
  const metric = prepared<[string], { id: number; kind: string; dimension: number }>(
    database,
    'SELECT id, kind, dimension FROM main.metric WHERE name = ?',
  ).get(name)
  if (!metric) throw new ErgoscopeError('not-found', `the run has no metric "${name}"`, { data: { metric: name } })
  if (metric.kind !== kind)
    throw new ErgoscopeError('bad-request', `metric "${name}" is a ${metric.kind}, not a ${kind}`)
  return metric
}

/** Everything in the default view of one scalar metric, from stored summaries where no later attempt cut a series. */
function totalOf(database: Database, metricId: number): PyramidNode {
  const total = emptyNode()
  for (const range of visibleRanges(database, 'point', metricId)) {
    const whole = range.isWhole ? readSummary(database, metricId, range.attempt) : null
    appendNode(total, whole ?? mergeNodes(coverRange(database, range, () => true)))
  }
  return total
}

/** Of all attempts; counted where the producer keeps no summaries. */
function countPoints(database: Database): number {
  const count = database
    .prepare('SELECT coalesce((SELECT sum(count) FROM main.series_summary), (SELECT count(*) FROM main.point))')
    .pluck()
    .get()
  return Number(count)
}

function toMetricSummary(total: PyramidNode): MetricSummary {
  return {
    last: total.last,
    min: total.min,
    max: total.max,
    count: total.count,
    lastStep: total.lastStep,
    nonFiniteCount: nonFiniteCount(total),
  }
}

/** The reader behind `openRunReader`. */
export class SqliteRunReader implements RunReader {
  readonly file: string
  readonly isNewer: boolean
  readonly #connection: RunConnection

  constructor(file: string) {
    this.file = file
    this.#connection = new RunConnection(file)
    this.isNewer = this.#connection.isNewer
  }

  changeToken(): string {
    const revision = this.#connection.read((database) =>
      database.prepare('SELECT revision FROM main.run').pluck().get(),
    )
    return `${fileToken(this.file)}:${String(revision)}`
  }

  identity(): string {
    const id = this.#connection.read((database) => database.prepare('SELECT id FROM main.run').pluck().get())
    return `${fileIdentity(this.file)}:${String(id)}`
  }

  snapshot<Result>(read: () => Result): Result {
    return this.#connection.read(read)
  }

  state(): RunState {
    return this.#connection.read((database) => ({
      ...readRunState(database),
      steps: this.#lastStep(database) + 1,
      pointCount: countPoints(database),
      attempts: this.attemptCount(),
    }))
  }

  attemptCount(): number {
    return this.#connection.read((database) =>
      Number(database.prepare('SELECT coalesce(max(number), 1) FROM main.attempt').pluck().get()),
    )
  }

  config(): RunConfig {
    return this.#connection.read(readConfig)
  }

  metrics(): MetricInfo[] {
    return this.#connection.read(readMetrics).map(({ id: _id, ...info }) => info)
  }

  metricSummaries(): Record<string, MetricSummary> {
    return this.#connection.read((database) =>
      namedRecord(
        readMetrics(database)
          .filter(({ kind }) => kind === 'scalar')
          .map(({ id, name, role }) => ({ name, role, total: totalOf(database, id) }))
          .filter(({ total }) => total.count > 0)
          .map(({ name, role, total }): [string, MetricSummary] => [
            name,
            { ...toMetricSummary(total), ...(role === null ? {} : { role }) },
          ]),
      ),
    )
  }

  scalars(metric: string, range: StepRange = {}): ScalarSeries {
    return this.#connection.read((database) => {
      const { id } = metricOf(database, metric, 'scalar')
      return joinSeries(visibleRanges(database, 'point', id, range).map((visible) => readPoints(database, visible)))
    })
  }

  vectors(metric: string, range: StepRange = {}): VectorSeries {
    return this.#connection.read((database) => {
      const { id, dimension } = metricOf(database, metric, 'vector')
      return readVectors(database, visibleRanges(database, 'vector', id, range), dimension)
    })
  }

  nodes(metric: string, isFineEnough: IsFineEnough, range: StepRange = {}): PyramidNode[] {
    return this.#connection.read((database) => {
      const { id } = metricOf(database, metric, 'scalar')
      return visibleRanges(database, 'point', id, range).flatMap((visible) =>
        coverRange(database, visible, isFineEnough),
      )
    })
  }

  envelope(metric: string, buckets: number, range: StepRange = {}): Envelope {
    const total = mergeNodes(this.nodes(metric, () => true, range))
    const pointsPerBucket = total.count / buckets
    return envelopeOf(
      this.nodes(metric, (node) => node.count <= pointsPerBucket, range),
      total.count,
      buckets,
    )
  }

  stepTimes(range: StepRange = {}): { steps: Float64Array; wallTimesMs: Float64Array } {
    return this.#connection.read((database) => {
      const select = prepared<[number, number, number], [number, number]>(
        database,
        'SELECT step, wall_time_ms FROM main.step_time WHERE attempt = ? AND step BETWEEN ? AND ? ORDER BY step',
      ).raw()
      const rows = visibleRanges(database, 'step_time', null, range).flatMap(({ attempt, from, to }) =>
        select.all(attempt, from, to),
      )
      return {
        steps: Float64Array.from(rows, ([step]) => step),
        wallTimesMs: Float64Array.from(rows, ([, wallTimeMs]) => wallTimeMs),
      }
    })
  }

  segments(): Segment[] {
    return this.#connection.read(readSegments)
  }

  events(): RunEvent[] {
    return this.#connection.read(readEvents)
  }

  checkpoints(): CheckpointInfo[] {
    return this.#connection.read(readCheckpoints)
  }

  verify(): VerifyResult {
    return verifyRun(this.#connection)
  }

  close(): void {
    this.#connection.close()
  }

  /** Last step of the default view over all metrics; -1 without points. */
  #lastStep(database: Database): number {
    const last = { point: this.#statement(database, 'point'), vector: this.#statement(database, 'vector') }
    return readMetrics(database).reduce((highest, { id, kind }) => {
      const table = kind === 'scalar' ? 'point' : 'vector'
      return visibleRanges(database, table, id).reduce(
        (step, { attempt, from, to }) => Math.max(step, last[table](id, attempt, from, to)),
        highest,
      )
    }, -1)
  }

  #statement(database: Database, table: 'point' | 'vector'): (...key: [number, number, number, number]) => number {
    const select = prepared<[number, number, number, number], number | null>(
      database,
      `SELECT max(step) FROM main.${table} WHERE metric = ? AND attempt = ? AND step BETWEEN ? AND ?`,
    ).pluck()
    return (...key) => select.get(...key) ?? -1
  }
}
