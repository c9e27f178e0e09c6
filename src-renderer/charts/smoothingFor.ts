import type { Smoothing } from '#shared/contract/series.ts'
import type { MetricSummary } from '#shared/run.ts'

/** A moving average that stands in the middle of the points: of the logarithms where the axis is logarithmic and every value has one. */
export function smoothingFor(
  weight: number,
  isLogarithmic: boolean,
  summaries: readonly (MetricSummary | undefined)[],
): Smoothing {
  const isPositive = summaries.every((summary) => summary !== undefined && summary.min > 0)
  return { kind: 'ema', weight, ...(isLogarithmic && isPositive ? { geometric: true } : {}) }
}
