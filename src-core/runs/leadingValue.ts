import type { MetricSummary, RunRow } from '#shared/run.ts'
import { leadingMetric, type LeadingQuantity } from './leadingMetric.ts'

/** What lists show of every run, whatever its metric is called: the fields of a filter with these names. */
export const leadingFields = ['loss', 'gradient_norm', 'gradient_noise', 'sharpness'] as const
export type LeadingField = (typeof leadingFields)[number]

export interface LeadingValue {
  /** The metric that plays the role in this run. */
  readonly metric: string
  readonly summary: MetricSummary
  /** Whether `last` is the root of what was recorded. */
  readonly isRoot: boolean
  /** The last value; undefined where it would be the root of an unbiased estimate below 0. */
  readonly last: number | undefined
}

/** Quantities that stand for a field, best first. */
const sources: Readonly<Record<LeadingField, readonly { quantity: LeadingQuantity; isRoot: boolean }[]>> = {
  loss: [{ quantity: 'loss', isRoot: false }],
  gradient_norm: [
    { quantity: 'gradientNorm', isRoot: false },
    { quantity: 'gradientNormSquared', isRoot: true },
  ],
  gradient_noise: [{ quantity: 'noiseTrace', isRoot: true }],
  sharpness: [{ quantity: 'sharpness', isRoot: false }],
}

/** The last loss, ‖∇f‖, √tr Σ or λ_max of a run, by the metric that plays the role; undefined where none does. */
export function leadingValue({ metrics }: Pick<RunRow, 'metrics'>, field: LeadingField): LeadingValue | undefined {
  for (const { quantity, isRoot } of sources[field]) {
    const metric = leadingMetric(metrics, quantity)
    const summary = metric === undefined ? undefined : metrics[metric]
    if (metric !== undefined && summary !== undefined && summary.count > 0)
      return { metric, summary, isRoot, last: isRoot ? rootOf(summary.last) : summary.last }
  }
  return undefined
}

const rootOf = (value: number): number | undefined => (value < 0 ? undefined : Math.sqrt(value))
