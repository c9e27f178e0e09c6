import { z } from 'zod'

/**
 * How a run stands. `finished` reached its last step; `stopped` was ended by its user after a checkpoint; `failed` ended itself with a reported
 * error (bad data, disk full); `crashed` exited unexpectedly; `killed` was ended by a signal; `lost` claims to run but shows no life.
 */
export const runStatuses = [
  'queued',
  'running',
  'paused',
  'finished',
  'stopped',
  'failed',
  'crashed',
  'killed',
  'lost',
] as const
export const runStatusSchema = z.enum(runStatuses)
export type RunStatus = z.infer<typeof runStatusSchema>

/** Whether a worker process can still be behind the run. */
export function isLive(status: RunStatus): boolean {
  return status === 'queued' || status === 'running' || status === 'paused'
}

export const runSourceSchema = z.enum(['trained', 'imported', 'logged'])
export type RunSource = z.infer<typeof runSourceSchema>

export const configValueSchema = z.union([z.string(), z.number(), z.boolean(), z.null()])
export type ConfigValue = z.infer<typeof configValueSchema>

/** Flattened configuration: dotted keys (`optimizer.momentum`) to plain values; an array is kept as its JSON text. */
export const configSchema = z.record(z.string(), configValueSchema)
export type RunConfig = z.infer<typeof configSchema>

/** Extremes are over finite values only; NaN when there is none. `last` may be NaN or infinite. `count` includes non-finite points. */
export const metricSummarySchema = z.object({
  last: z.number(),
  min: z.number(),
  max: z.number(),
  count: z.int().nonnegative(),
  lastStep: z.number(),
  nonFiniteCount: z.int().nonnegative(),
  /** As in `metricInfoSchema`; missing where the name says it. */
  role: z.string().optional(),
})
export type MetricSummary = z.infer<typeof metricSummarySchema>

export const metricInfoSchema = z.object({
  name: z.string(),
  kind: z.enum(['scalar', 'vector']),
  /** Length of a vector; 1 for a scalar. */
  dimension: z.int().positive(),
  unit: z.string(),
  description: z.string(),
  /** The diagnostics' role of the metric where its name does not say it (imports), e.g. `loss`; null otherwise. */
  role: z.string().nullable(),
})
export type MetricInfo = z.infer<typeof metricInfoSchema>

/** Steps `from` (inclusive) to `to` (exclusive; null while open) with constant hyper-parameters. */
export const segmentSchema = z.object({
  from: z.number(),
  to: z.number().nullable(),
  learningRate: z.number().nullable(),
  momentum: z.number().nullable(),
  nesterov: z.boolean().nullable(),
  weightDecay: z.number().nullable(),
  batchSize: z.number().nullable(),
  sampling: z.string().nullable(),
})
export type Segment = z.infer<typeof segmentSchema>

export const runEventSchema = z.object({
  step: z.number().nullable(),
  wallTimeMs: z.number(),
  /** `status`, `segment`, `checkpoint`, `divergence`, `warning`, `probe`, `attempt`. */
  kind: z.string(),
  message: z.string(),
})
export type RunEvent = z.infer<typeof runEventSchema>

export const checkpointInfoSchema = z.object({
  step: z.number(),
  wallTimeMs: z.number(),
  /** Relative to the run's folder. */
  file: z.string(),
  bytes: z.number(),
})
export type CheckpointInfo = z.infer<typeof checkpointInfoSchema>

export const verdictSummarySchema = z.object({
  id: z.string(),
  summary: z.string(),
  detail: z.string(),
  weakestLink: z.string().nullable(),
})
export type VerdictSummary = z.infer<typeof verdictSummarySchema>

/** A row of the run table: everything a list shows, nothing that grows with the number of points. */
export const runRowSchema = z.object({
  id: z.string(),
  name: z.string(),
  group: z.string().nullable(),
  tags: z.array(z.string()),
  notes: z.string(),
  source: runSourceSchema,
  status: runStatusSchema,
  /** One line on how it ended or what is wrong, e.g. `killed by SIGKILL at step 4 120`; empty when there is nothing to say. */
  statusDetail: z.string(),
  seed: z.number().nullable(),
  createdAtMs: z.number(),
  startedAtMs: z.number().nullable(),
  endedAtMs: z.number().nullable(),
  heartbeatAtMs: z.number().nullable(),
  /** Number of steps recorded so far: last step + 1 of the newest attempt; 0 without points. */
  steps: z.number(),
  /** Steps the recipe asks for; null when not known (imports). */
  plannedSteps: z.number().nullable(),
  pointCount: z.number(),
  path: z.string(),
  config: configSchema,
  metrics: z.record(z.string(), metricSummarySchema),
  verdict: verdictSummarySchema.nullable(),
  /** The file was written by a newer version: shown as far as understood, never written to. */
  isReadOnly: z.boolean(),
})
export type RunRow = z.infer<typeof runRowSchema>

/** A folder that looks like a run but cannot be read: shown beside the good ones, in one line. */
export const runProblemSchema = z.object({ path: z.string(), code: z.string(), message: z.string() })
export type RunProblem = z.infer<typeof runProblemSchema>

export const runDetailSchema = z.object({
  run: runRowSchema,
  metrics: z.array(metricInfoSchema),
  segments: z.array(segmentSchema),
  events: z.array(runEventSchema),
  checkpoints: z.array(checkpointInfoSchema),
  versions: z.record(z.string(), z.string()),
  host: z.string(),
  attempts: z.int().positive(),
  recipeYaml: z.string().nullable(),
})
export type RunDetail = z.infer<typeof runDetailSchema>
