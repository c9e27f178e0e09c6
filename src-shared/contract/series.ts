import { z } from 'zod'
import { float64Array } from './float64Array.ts'
import { method } from './method.ts'
import { workspacePathSchema } from './workspace.ts'

export const horizontalAxisSchema = z.enum(['step', 'epoch', 'wall_time', 'relative_time'])
export type HorizontalAxis = z.infer<typeof horizontalAxisSchema>

/**
 * Bias-corrected exponential moving average over all points before any decimation, restarting at every segment; `weight` in [0, 1).
 * `geometric`: of the logarithm, for positive values on a logarithmic axis; values that are not positive are left out of it.
 */
export const smoothingSchema = z.object({
  kind: z.literal('ema'),
  weight: z.number().min(0).lt(1),
  geometric: z.boolean().optional(),
})
export type Smoothing = z.infer<typeof smoothingSchema>

export const seriesRequestSchema = z.object({
  runId: z.string(),
  metric: z.string(),
  /** First and last step wanted, inclusive; missing for all. */
  from: z.number().optional(),
  to: z.number().optional(),
  /** Above this many points the answer is an envelope of about so many buckets. */
  buckets: z.int().min(1).max(20_000).default(1200),
  axis: horizontalAxisSchema.default('step'),
  /** Buckets of equal width in log(x) instead of x, for a logarithmic axis. */
  logarithmic: z.boolean().default(false),
  smoothing: smoothingSchema.nullable().default(null),
})
export type SeriesRequest = z.infer<typeof seriesRequestSchema>

export const nonFiniteSchema = z.object({
  nanCount: z.number(),
  positiveInfinityCount: z.number(),
  negativeInfinityCount: z.number(),
  /** Step of the first non-finite point; null when all are finite. */
  firstStep: z.number().nullable(),
  /** x positions to mark, at most 200. */
  x: float64Array,
})

/**
 * Either every point (`kind: 'points'`: `x`, `steps`, `last`; min = max = mean = last) or an exact envelope (`kind: 'buckets'`): per bucket its first x,
 * the step at its end, the min, max and mean over its finite values (NaN when none), its last value and its point count. All arrays have one length.
 */
export const seriesSchema = z.object({
  runId: z.string(),
  metric: z.string(),
  kind: z.enum(['points', 'buckets']),
  /** Points in the range asked for, all of which the drawing represents. */
  pointCount: z.number(),
  x: float64Array,
  steps: float64Array,
  min: float64Array,
  max: float64Array,
  mean: float64Array,
  last: float64Array,
  counts: float64Array,
  /** Smoothed value at each x, from all points; null when not asked for. */
  smoothed: float64Array.nullable(),
  nonFinite: nonFiniteSchema,
  unit: z.string(),
  /** More than 1 when steps were repeated (resumed, imported): the last attempt is shown. */
  attempts: z.number(),
})
export type Series = z.infer<typeof seriesSchema>

export const seriesContract = {
  /** Several series in one call, in the order asked for; a run or metric that is missing gives a series without points. */
  'series.read': method(
    z.object({ workspace: workspacePathSchema, requests: z.array(seriesRequestSchema).max(2000) }),
    z.object({ series: z.array(seriesSchema), queryMs: z.number() }),
  ),
  /** Two metrics of one run joined at common steps (phase plot); above `limit` points evenly thinned, and `pointCount` says from how many. */
  'series.phase': method(
    z.object({
      workspace: workspacePathSchema,
      requests: z
        .array(
          z.object({
            runId: z.string(),
            xMetric: z.string(),
            yMetric: z.string(),
            from: z.number().optional(),
            to: z.number().optional(),
          }),
        )
        .max(200),
      limit: z.int().min(10).max(20_000).default(2000),
    }),
    z.object({
      series: z.array(
        z.object({ runId: z.string(), steps: float64Array, x: float64Array, y: float64Array, pointCount: z.number() }),
      ),
    }),
  ),
  /** All points of the given runs and metrics to a file; metrics empty for all. */
  'series.export': method(
    z.object({
      workspace: workspacePathSchema,
      runIds: z.array(z.string()).min(1),
      metrics: z.array(z.string()).default([]),
      format: z.enum(['csv', 'jsonl']),
      path: z.string().min(1),
    }),
    z.object({ path: z.string(), pointCount: z.number(), bytes: z.number() }),
    { timeoutMs: null },
  ),
}
