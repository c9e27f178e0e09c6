import type { PyramidNode } from './pyramidNode.ts'
import type {
  CheckpointInfo,
  ConfigValue,
  MetricInfo,
  MetricSummary,
  RunConfig,
  RunEvent,
  RunSource,
  RunStatus,
  Segment,
} from '#shared/run.ts'

export interface RunIdentity {
  id: string
  name: string
  group: string | null
  tags: string[]
  notes: string
  source: RunSource
  seed: number | null
  createdAtMs: number
  host: string
  /** Program and library versions by name: `ergoscope`, `node`, `tensorflow`. */
  versions: Record<string, string>
  plannedSteps: number | null
  recipeYaml: string | null
}

export interface MetricDefinition {
  name: string
  kind: 'scalar' | 'vector'
  dimension: number
  unit: string
  description: string
  role: string | null
}

/** The single writer of one run file. Everything is buffered until `commit`; a committed point survives a power cut. */
export interface RunWriter {
  readonly folder: string
  readonly file: string
  /** Declares a metric; repeating the same definition is allowed, another one for the same name is an error. A scalar logged without one is declared with empty texts. */
  defineMetric(definition: MetricDefinition): void
  setConfig(config: RunConfig): void
  setConfigValue(key: string, value: ConfigValue): void
  /** A library that is known only once it is loaded, e.g. `tensorflow`. */
  setVersion(program: string, version: string): void
  /** One step's scalars. Steps may repeat or go back only after `beginAttempt`. NaN and infinities are kept bit for bit. */
  logScalars(step: number, values: Record<string, number>, wallTimeMs: number): void
  logVector(step: number, metric: string, values: Float64Array, wallTimeMs: number): void
  /** A whole series at once (imports); decreasing or repeated steps start a new attempt by themselves. Returns the number of points. */
  logSeries(metric: string, steps: Float64Array, values: Float64Array): number
  /** From here on points belong to a new attempt that replaces steps >= `fromStep` of the older ones, and their segments, for the default reader. */
  beginAttempt(fromStep: number): number
  /** Closes the open segment at `from` and opens this one. */
  beginSegment(segment: Omit<Segment, 'to'>): void
  addEvent(event: RunEvent): void
  addCheckpoint(checkpoint: CheckpointInfo): void
  removeCheckpoint(file: string): void
  setStatus(status: RunStatus, detail: string, wallTimeMs: number): void
  /** Process id and its start time, so that a reader on the same host can tell a dead worker from a slow one. */
  setWorker(worker: { pid: number; startedAtMs: number; host: string } | null): void
  heartbeat(wallTimeMs: number): void
  /** Writes everything buffered in one transaction (synchronous=FULL). Throws ErgoscopeError `disk-full` and keeps the buffer, so that a later commit can succeed. */
  commit(): void
  /** Final status, last commit, per-series checksums, WAL folded in, rollback journal: one plain file. Closes. */
  finish(status: RunStatus, detail: string, wallTimeMs: number): void
  /** Commits and closes without ending the run (it can be opened again). */
  close(): void
}

/** The default view: last attempt wins. Steps ascend strictly. */
export interface ScalarSeries {
  steps: Float64Array
  values: Float64Array
}

export interface VectorSeries {
  steps: Float64Array
  dimension: number
  /** Row-major, `[steps.length, dimension]`. */
  values: Float64Array
}

/** Exact envelope from the pyramid, in whole pyramid blocks. Bucket i covers steps `fromSteps[i]`..`toSteps[i]` inclusive. Extremes over finite values, NaN when none. */
export interface Envelope {
  fromSteps: Float64Array
  toSteps: Float64Array
  min: Float64Array
  max: Float64Array
  first: Float64Array
  last: Float64Array
  mean: Float64Array
  counts: Float64Array
  nonFiniteCounts: Float64Array
}

export interface StepRange {
  /** Inclusive; missing for all. */
  from?: number
  to?: number
}

export interface VerifyResult {
  isSound: boolean
  findings: string[]
  checkedSeries: number
}

export interface RunState extends RunIdentity {
  status: RunStatus
  statusDetail: string
  startedAtMs: number | null
  endedAtMs: number | null
  heartbeatAtMs: number | null
  worker: { pid: number; startedAtMs: number; host: string } | null
  steps: number
  pointCount: number
  attempts: number
}

/** Read-only, short transactions, safe on files of strangers (trusted_schema off, tables only). Safe while a writer is active. */
export interface RunReader {
  readonly file: string
  /** Written by a newer version: shown as far as understood. */
  readonly isNewer: boolean
  /** Changes whenever anything committed changes; cheap. */
  changeToken(): string
  /** Which run in which file this is: the same while the run only grows, another when a run was made anew, moved or copied to its place. */
  identity(): string
  /** Everything that `read` asks this reader for is of one moment, however the run grows meanwhile. Keep it short: the write-ahead log cannot be folded in before it ends. */
  snapshot<Result>(read: () => Result): Result
  state(): RunState
  /** 1 when nothing was ever repeated. */
  attemptCount(): number
  config(): RunConfig
  metrics(): MetricInfo[]
  metricSummaries(): Record<string, MetricSummary>
  scalars(metric: string, range?: StepRange): ScalarSeries
  vectors(metric: string, range?: StepRange): VectorSeries
  envelope(metric: string, buckets: number, range?: StepRange): Envelope
  /**
   * The coarsest pyramid nodes for which `isFineEnough` holds and that lie wholly in the range, in the order of the steps; where none does, single points.
   * Together they stand for exactly the points of the range.
   */
  nodes(metric: string, isFineEnough: (node: PyramidNode) => boolean, range?: StepRange): PyramidNode[]
  /** Wall time of every logged step of the default view. */
  stepTimes(range?: StepRange): { steps: Float64Array; wallTimesMs: Float64Array }
  segments(): Segment[]
  events(): RunEvent[]
  checkpoints(): CheckpointInfo[]
  verify(): VerifyResult
  close(): void
}
