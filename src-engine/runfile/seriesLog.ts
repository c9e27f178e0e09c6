import type { Database } from 'better-sqlite3'
import { ErgoscopeError } from '#shared/errors.ts'
import type { MetricRegistry } from './metricRegistry.ts'
import { prepareSeriesStatements, ScalarSeriesWriter, type SeriesStatements } from './scalarSeriesWriter.ts'
import type { SeriesHash } from './seriesHash.ts'
import { VectorSeriesWriter } from './vectorSeriesWriter.ts'

interface Attempt {
  number: number
  fromStep: number
}

interface AttemptRow extends Attempt {
  /** Null when the attempt concerns every metric. */
  metric: number | null
}

function assertStep(step: number): void {
  if (!Number.isSafeInteger(step))
    throw new ErgoscopeError('bad-request', `step ${step} is not a whole number: steps count optimizer updates`)
}

/** All series of a run while it is written: which attempt a point belongs to, and what is not committed yet. */
export class SeriesLog {
  readonly #database: Database
  readonly #metrics: MetricRegistry
  readonly #statements: SeriesStatements
  readonly #scalars = new Map<number, ScalarSeriesWriter>()
  readonly #vectors = new Map<number, VectorSeriesWriter>()
  readonly #dirty = new Set<ScalarSeriesWriter | VectorSeriesWriter>()
  #runAttempt: Attempt = { number: 1, fromStep: -Infinity }
  readonly #ownAttempts = new Map<number, Attempt>()
  #highestAttempt = 1
  #pendingAttempts: AttemptRow[] = []
  #pendingTimes = new Map<string, { attempt: number; step: number; wallTimeMs: number }>()

  constructor(database: Database, metrics: MetricRegistry) {
    this.#database = database
    this.#metrics = metrics
    this.#statements = prepareSeriesStatements(database)
    const rows = database
      .prepare<[], AttemptRow>('SELECT number, metric, from_step AS fromStep FROM attempt ORDER BY number')
      .all()
    for (const row of rows) this.#noteAttempt(row)
  }

  get hasPending(): boolean {
    return this.#dirty.size > 0 || this.#pendingAttempts.length > 0 || this.#pendingTimes.size > 0
  }

  addScalars(step: number, values: Record<string, number>, wallTimeMs: number): void {
    assertStep(step)
    const names = Object.keys(values)
    const column = Float64Array.from(Object.values(values))
    const targets = names.map((name) => this.#scalarTarget(name, step))
    targets.forEach((target, index) => {
      target.add(step, column, index)
      this.#dirty.add(target)
    })
    this.#addTime(step, wallTimeMs)
  }

  addVector(step: number, metric: string, values: Float64Array, wallTimeMs: number): void {
    assertStep(step)
    const metricId = this.#metrics.idFor(metric, 'vector', values.length)
    const { number: attempt, fromStep } = this.#attemptOf(metricId)
    let target = this.#vectors.get(metricId)
    if (target?.attempt !== attempt) target = VectorSeriesWriter.open(this.#database, metricId, attempt)
    this.#assertFollows(metric, step, target.lastStep, fromStep)
    this.#vectors.set(metricId, target)
    target.add(step, values)
    this.#dirty.add(target)
    this.#addTime(step, wallTimeMs)
  }

  addSeries(metric: string, steps: Float64Array, values: Float64Array): number {
    if (steps.length !== values.length) {
      throw new ErgoscopeError(
        'bad-request',
        `metric "${metric}" has ${steps.length} steps but ${values.length} values`,
      )
    }
    steps.forEach(assertStep)
    const metricId = this.#metrics.idFor(metric, 'scalar', 1)
    let target = this.#currentScalar(metricId)
    steps.forEach((step, index) => {
      if (step <= target.lastStep || step < this.#attemptOf(metricId).fromStep) {
        this.#dirty.add(target)
        target = new ScalarSeriesWriter(metricId, this.#addAttempt(metricId, step))
        this.#scalars.set(metricId, target)
      }
      target.add(step, values, index)
    })
    if (steps.length > 0) this.#dirty.add(target)
    return steps.length
  }

  beginAttempt(fromStep: number): number {
    assertStep(fromStep)
    return this.#addAttempt(null, fromStep)
  }

  /** Checksums that are known without reading the points again, by metric id and attempt. */
  knownHashes(): { metricId: number; attempt: number; hash: SeriesHash }[] {
    return [...this.#scalars.values()].map(({ metricId, attempt, hash }) => ({ metricId, attempt, hash }))
  }

  insert(): void {
    const attempt = this.#database.prepare(
      'INSERT INTO attempt (number, metric, from_step) VALUES (:number, :metric, :fromStep)',
    )
    for (const row of this.#pendingAttempts) attempt.run(row)
    const time = this.#database.prepare(
      'INSERT INTO step_time (attempt, step, wall_time_ms) VALUES (:attempt, :step, :wallTimeMs) ON CONFLICT DO NOTHING',
    )
    for (const row of this.#pendingTimes.values()) time.run(row)
    for (const series of this.#dirty) series.insert(this.#statements)
  }

  forgetInserted(): void {
    this.#pendingAttempts = []
    this.#pendingTimes = new Map()
    for (const series of this.#dirty) series.forgetInserted()
    this.#dirty.clear()
  }

  /** The newest attempt that concerns a metric. */
  #attemptOf(metricId: number): Attempt {
    const own = this.#ownAttempts.get(metricId)
    return own && own.number > this.#runAttempt.number ? own : this.#runAttempt
  }

  #addAttempt(metric: number | null, fromStep: number): number {
    const newest = metric === null ? this.#highestAttempt : this.#attemptOf(metric).number
    const attempt = { number: newest + 1, fromStep }
    this.#noteAttempt({ ...attempt, metric })
    this.#pendingAttempts.push({ ...attempt, metric })
    return attempt.number
  }

  #noteAttempt({ number, metric, fromStep }: AttemptRow): void {
    this.#highestAttempt = Math.max(this.#highestAttempt, number)
    if (metric === null) this.#runAttempt = { number, fromStep }
    else this.#ownAttempts.set(metric, { number, fromStep })
  }

  #currentScalar(metricId: number): ScalarSeriesWriter {
    const { number: attempt } = this.#attemptOf(metricId)
    const known = this.#scalars.get(metricId)
    if (known?.attempt === attempt) return known
    const series = ScalarSeriesWriter.restore(this.#database, metricId, attempt)
    this.#scalars.set(metricId, series)
    return series
  }

  #scalarTarget(metric: string, step: number): ScalarSeriesWriter {
    const metricId = this.#metrics.idFor(metric, 'scalar', 1)
    const series = this.#currentScalar(metricId)
    this.#assertFollows(metric, step, series.lastStep, this.#attemptOf(metricId).fromStep)
    return series
  }

  #assertFollows(metric: string, step: number, lastStep: number, fromStep: number): void {
    if (step <= lastStep) {
      throw new ErgoscopeError(
        'bad-request',
        `metric "${metric}" at step ${step} after step ${lastStep}: begin a new attempt to go back`,
      )
    }
    if (step < fromStep)
      throw new ErgoscopeError(
        'bad-request',
        `metric "${metric}" at step ${step}, but the attempt began at step ${fromStep}`,
      )
  }

  #addTime(step: number, wallTimeMs: number): void {
    const { number: attempt } = this.#runAttempt
    const key = `${attempt}:${step}`
    if (!this.#pendingTimes.has(key)) this.#pendingTimes.set(key, { attempt, step, wallTimeMs })
  }
}
