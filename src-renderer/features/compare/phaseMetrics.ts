import { leadingMetric } from '#core/runs/leadingMetric.ts'
import type { RunRow } from '#shared/run.ts'

/** The metrics of a run that span its phase plot; null when it recorded no loss or no gradient norm. */
export function phaseMetrics({ metrics }: Pick<RunRow, 'metrics'>): { loss: string; gradientNorm: string } | null {
  const loss = leadingMetric(metrics, 'loss')
  const gradientNorm = leadingMetric(metrics, 'gradientNorm')
  return loss !== undefined && gradientNorm !== undefined ? { loss, gradientNorm } : null
}
