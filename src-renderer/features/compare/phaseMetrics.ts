import { leadingMetric } from '#core/runs/leadingMetric.ts'
import type { RunRow } from '#shared/run.ts'

export interface PhaseMetrics {
  readonly loss: string
  readonly gradientNorm: string
  /** Whether the norm is the root of what was recorded. */
  readonly isSquared: boolean
}

/** The metrics of a run that span its phase plot; null when it recorded no loss or no gradient norm. */
export function phaseMetrics({ metrics }: Pick<RunRow, 'metrics'>): PhaseMetrics | null {
  const loss = leadingMetric(metrics, 'loss')
  const norm = leadingMetric(metrics, 'gradientNorm')
  const gradientNorm = norm ?? leadingMetric(metrics, 'gradientNormSquared')
  return loss === undefined || gradientNorm === undefined ? null : { loss, gradientNorm, isSquared: norm === undefined }
}
