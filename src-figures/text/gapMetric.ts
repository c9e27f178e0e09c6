import { rolesOfMetric } from '#core/runs/rolesOfMetric.ts'
import type { RunDetail } from '#shared/run.ts'

export interface GapMetric {
  readonly name: string
  /** False for a norm that is to be squared. */
  readonly isSquared: boolean
}

/**
 * The recorded metric behind the stationarity gap, chosen as `deriveRoles` of src-core does: that of the objective with weight decay where there is one,
 * the exact norm when it was recorded at least half as often as the unbiased estimate. Null where only components of the gradient were recorded.
 */
export function gapMetric({ run, metrics }: RunDetail, weightDecay: number): GapMetric | null {
  const withRole = (wanted: string): { name: string; count: number } => {
    const found = metrics.find((metric) => metric.kind === 'scalar' && rolesOfMetric(metric).includes(wanted))
    return { name: found?.name ?? '', count: found ? (run.metrics[found.name]?.count ?? 0) : 0 }
  }
  const decayed = withRole('decayed_gradient_norm_squared')
  const exact = withRole('gradient_norm')
  const unbiased = withRole('gradient_norm_squared')
  if (weightDecay > 0 && decayed.count > 0 && decayed.count >= Math.max(exact.count, unbiased.count) / 2)
    return { name: decayed.name, isSquared: true }
  if (exact.count > 0 && exact.count >= unbiased.count / 2) return { name: exact.name, isSquared: false }
  return unbiased.count > 0 ? { name: unbiased.name, isSquared: true } : null
}
