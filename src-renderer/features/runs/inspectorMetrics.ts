import { leadingMetric } from '#core/runs/leadingMetric.ts'
import type { RunRow } from '#shared/run.ts'

/** The two metrics that the inspector draws: a loss and a gradient norm; where a run has none, whatever else it recorded. */
export function inspectorMetrics(run: RunRow): string[] {
  const recorded = Object.entries(run.metrics).filter(([, { count }]) => count > 1)
  const metrics = Object.fromEntries(recorded)
  const chosen = [leadingMetric(metrics, 'loss'), leadingMetric(metrics, 'gradientNorm', 'gradientNormSquared')]
  return [...new Set([...chosen.filter((name) => name !== undefined), ...recorded.map(([name]) => name)])].slice(0, 2)
}
