import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { ErgoscopeError } from '#shared/errors.ts'
import {
  isLive,
  type CheckpointInfo,
  type ConfigValue,
  type RunConfig,
  type RunEvent,
  type RunStatus,
  type Segment,
} from '#shared/run.ts'
import { writeChecksums } from './checksums.ts'
import type { FileLock } from '#engine/files/fileLock.ts'
import { MetricRegistry } from './metricRegistry.ts'
import { assertName } from './namedRecord.ts'
import type { MetricDefinition, RunWriter } from './runFile.ts'
import { runFileName } from './runFileFormat.ts'
import { configColumns } from './runRows.ts'
import { sealFile } from './sealFile.ts'
import { explainWriteError } from '#engine/files/sqliteErrors.ts'
import { SeriesLog } from './seriesLog.ts'

type BoundValues = (string | number | null)[]

/** The writer behind `createRun` and `openRunWriter`. Every call but `commit`, `finish` and `close` only fills memory. */
export class SqliteRunWriter implements RunWriter {
  readonly folder: string
  readonly file: string
  readonly #database: Database
  readonly #lock: FileLock
  readonly #metrics: MetricRegistry
  readonly #series: SeriesLog
  #pending: { sql: string; parameters: BoundValues }[] = []
  #isClosed = false

  constructor(folder: string, database: Database, lock: FileLock) {
    this.folder = folder
    this.file = join(folder, runFileName)
    this.#database = database
    this.#lock = lock
    this.#metrics = new MetricRegistry(database)
    this.#series = new SeriesLog(database, this.#metrics)
  }

  defineMetric(definition: MetricDefinition): void {
    this.#assertOpen()
    this.#metrics.define(definition)
  }

  setConfig(config: RunConfig): void {
    for (const [key, value] of Object.entries(config)) this.setConfigValue(key, value)
  }

  setConfigValue(key: string, value: ConfigValue): void {
    assertName(key)
    this.#enqueue('INSERT OR REPLACE INTO config (key, type, value) VALUES (?, ?, ?)', [key, ...configColumns(value)])
  }

  setVersion(program: string, version: string): void {
    this.#enqueue('INSERT OR REPLACE INTO version (program, version) VALUES (?, ?)', [program, version])
  }

  logScalars(step: number, values: Record<string, number>, wallTimeMs: number): void {
    this.#assertOpen()
    this.#series.addScalars(step, values, wallTimeMs)
  }

  logVector(step: number, metric: string, values: Float64Array, wallTimeMs: number): void {
    this.#assertOpen()
    this.#series.addVector(step, metric, values, wallTimeMs)
  }

  logSeries(metric: string, steps: Float64Array, values: Float64Array): number {
    this.#assertOpen()
    return this.#series.addSeries(metric, steps, values)
  }

  beginAttempt(fromStep: number): number {
    this.#assertOpen()
    const attempt = this.#series.beginAttempt(fromStep)
    // The segments of the steps that it replaces go with them; the one in which it begins is open again.
    this.#enqueue('DELETE FROM segment WHERE from_step >= ?', [fromStep])
    this.#enqueue('UPDATE segment SET to_step = NULL WHERE to_step >= ?', [fromStep])
    return attempt
  }

  beginSegment(segment: Omit<Segment, 'to'>): void {
    this.#enqueue('UPDATE segment SET to_step = ? WHERE from_step < ? AND (to_step IS NULL OR to_step > ?)', [
      segment.from,
      segment.from,
      segment.from,
    ])
    this.#enqueue('DELETE FROM segment WHERE from_step >= ?', [segment.from])
    this.#enqueue(
      `INSERT INTO segment (from_step, learning_rate, momentum, nesterov, weight_decay, batch_size, sampling) VALUES (?, ?, ?, ?, ?, ?, ?)`,
      [
        segment.from,
        segment.learningRate,
        segment.momentum,
        segment.nesterov === null ? null : Number(segment.nesterov),
        segment.weightDecay,
        segment.batchSize,
        segment.sampling,
      ],
    )
  }

  addEvent(event: RunEvent): void {
    this.#enqueue('INSERT INTO event (step, wall_time_ms, kind, message) VALUES (?, ?, ?, ?)', [
      event.step,
      event.wallTimeMs,
      event.kind,
      event.message,
    ])
  }

  addCheckpoint(checkpoint: CheckpointInfo): void {
    this.#enqueue('INSERT OR REPLACE INTO checkpoint (file, step, wall_time_ms, bytes) VALUES (?, ?, ?, ?)', [
      checkpoint.file,
      checkpoint.step,
      checkpoint.wallTimeMs,
      checkpoint.bytes,
    ])
  }

  removeCheckpoint(file: string): void {
    this.#enqueue('DELETE FROM checkpoint WHERE file = ?', [file])
  }

  setStatus(status: RunStatus, detail: string, wallTimeMs: number): void {
    this.#enqueue('UPDATE run SET status = ?, status_detail = ?, ended_at_ms = ?', [
      status,
      detail,
      isLive(status) ? null : wallTimeMs,
    ])
    if (status === 'running') this.#enqueue('UPDATE run SET started_at_ms = coalesce(started_at_ms, ?)', [wallTimeMs])
  }

  setWorker(worker: { pid: number; startedAtMs: number; host: string } | null): void {
    this.#enqueue('UPDATE run SET worker_pid = ?, worker_started_at_ms = ?, worker_host = ?', [
      worker?.pid ?? null,
      worker?.startedAtMs ?? null,
      worker?.host ?? null,
    ])
  }

  heartbeat(wallTimeMs: number): void {
    this.#enqueue('UPDATE run SET heartbeat_at_ms = ?', [wallTimeMs])
  }

  commit(): void {
    this.#assertOpen()
    if (this.#pending.length === 0 && !this.#metrics.hasPending && !this.#series.hasPending) return
    this.#transact(() => {
      // A run that goes on after its end has other content than was summed up then.
      this.#database.prepare('DELETE FROM checksum').run()
      this.#metrics.insert()
      for (const { sql, parameters } of this.#pending) this.#database.prepare(sql).run(...parameters)
      this.#series.insert()
    })
    this.#pending = []
    this.#metrics.forgetInserted()
    this.#series.forgetInserted()
  }

  finish(status: RunStatus, detail: string, wallTimeMs: number): void {
    this.setStatus(status, detail, wallTimeMs)
    this.setWorker(null)
    this.commit()
    this.#transact(() => writeChecksums(this.#database, this.#series.knownHashes()))
    sealFile(this.#database, this.file)
    this.#release()
  }

  close(): void {
    if (this.#isClosed) return
    try {
      this.commit()
    } finally {
      this.#release()
    }
  }

  #enqueue(sql: string, parameters: BoundValues): void {
    this.#assertOpen()
    this.#pending.push({ sql, parameters })
  }

  #transact(write: () => void): void {
    try {
      this.#database
        .transaction(() => {
          write()
          this.#database.prepare('UPDATE run SET revision = revision + 1').run()
        })
        .immediate()
    } catch (cause) {
      throw explainWriteError(cause, this.file)
    }
  }

  #release(): void {
    this.#isClosed = true
    this.#database.close()
    this.#lock.release()
  }

  #assertOpen(): void {
    if (this.#isClosed) throw new ErgoscopeError('bad-request', `the writer of ${this.file} is closed`)
  }
}
