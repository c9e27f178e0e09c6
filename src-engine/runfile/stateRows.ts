import type { Database } from 'better-sqlite3'
import { ErgoscopeError } from '#shared/errors.ts'
import {
  runSourceSchema,
  runStatusSchema,
  type CheckpointInfo,
  type MetricInfo,
  type RunConfig,
  type RunEvent,
  type Segment,
} from '#shared/run.ts'
import { namedRecord } from './namedRecord.ts'
import type { RunState } from './runFile.ts'
import { configValue } from './runRows.ts'

interface RunRowColumns {
  id: string
  name: string
  group_name: string | null
  notes: string
  source: string
  status: string
  status_detail: string
  seed: number | null
  created_at_ms: number
  started_at_ms: number | null
  ended_at_ms: number | null
  heartbeat_at_ms: number | null
  host: string
  planned_steps: number | null
  recipe_yaml: string | null
  worker_pid: number | null
  worker_started_at_ms: number | null
  worker_host: string | null
}

function workerOf(row: RunRowColumns): RunState['worker'] {
  if (row.worker_pid === null || row.worker_started_at_ms === null || row.worker_host === null) return null
  return { pid: row.worker_pid, startedAtMs: row.worker_started_at_ms, host: row.worker_host }
}

/** The run's own row with tags and versions; what its points say is added by the reader. */
export function readRunState(database: Database): Omit<RunState, 'steps' | 'pointCount' | 'attempts'> {
  const row = database.prepare<[], RunRowColumns>('SELECT * FROM main.run').get()
  if (!row) throw new ErgoscopeError('unreadable-run', 'the run file has no run: it was not written to its end')
  const status = runStatusSchema.safeParse(row.status)
  const source = runSourceSchema.safeParse(row.source)
  if (!status.success || !source.success) {
    throw new ErgoscopeError(
      'unreadable-run',
      `the run has status "${row.status}" and source "${row.source}", which this version does not know`,
    )
  }
  return {
    id: row.id,
    name: row.name,
    group: row.group_name,
    tags: database.prepare<[], string>('SELECT tag FROM main.tag ORDER BY position').pluck().all(),
    notes: row.notes,
    source: source.data,
    status: status.data,
    statusDetail: row.status_detail,
    seed: row.seed,
    createdAtMs: row.created_at_ms,
    startedAtMs: row.started_at_ms,
    endedAtMs: row.ended_at_ms,
    heartbeatAtMs: row.heartbeat_at_ms,
    host: row.host,
    versions: namedRecord(
      database.prepare<[], [string, string]>('SELECT program, version FROM main.version').raw().all(),
    ),
    plannedSteps: row.planned_steps,
    recipeYaml: row.recipe_yaml,
    worker: workerOf(row),
  }
}

export function readConfig(database: Database): RunConfig {
  const rows = database
    .prepare<[], [string, string, unknown]>('SELECT key, type, value FROM main.config ORDER BY key')
    .raw()
    .all()
  return namedRecord(rows.map(([key, type, value]) => [key, configValue(type, value)]))
}

export function readMetrics(database: Database): (MetricInfo & { id: number })[] {
  return database
    .prepare<[], MetricInfo & { id: number }>(
      'SELECT id, name, kind, dimension, unit, description, role FROM main.metric ORDER BY name',
    )
    .all()
}

export function readSegments(database: Database): Segment[] {
  return database
    .prepare<[], Omit<Segment, 'nesterov'> & { nesterov: number | null }>(
      `SELECT from_step AS "from", to_step AS "to", learning_rate AS learningRate, momentum, nesterov, weight_decay AS weightDecay,
         batch_size AS batchSize, sampling FROM main.segment ORDER BY from_step`,
    )
    .all()
    .map((row) => ({ ...row, nesterov: row.nesterov === null ? null : row.nesterov === 1 }))
}

export function readEvents(database: Database): RunEvent[] {
  return database
    .prepare<[], RunEvent>('SELECT step, wall_time_ms AS wallTimeMs, kind, message FROM main.event ORDER BY id')
    .all()
}

export function readCheckpoints(database: Database): CheckpointInfo[] {
  return database
    .prepare<[], CheckpointInfo>(
      'SELECT step, wall_time_ms AS wallTimeMs, file, bytes FROM main.checkpoint ORDER BY step, file',
    )
    .all()
}
