import type { RunRow } from '#shared/run.ts'

const preferred = [
  ['probe/loss', 'train/loss', 'loss', 'train_loss', 'validation/loss'],
  ['probe/gradient_norm', 'gradient_norm', 'grad_norm', 'probe/gradient_norm_squared', 'gradient_norm_squared'],
]

/** The two metrics that the inspector draws: a loss and a gradient norm; where a run has none, whatever else it recorded. */
export function inspectorMetrics(run: RunRow): string[] {
  const recorded = Object.keys(run.metrics).filter((name) => (run.metrics[name]?.count ?? 0) > 1)
  const chosen = preferred.flatMap((names) => names.find((name) => recorded.includes(name)) ?? [])
  return [...new Set([...chosen, ...recorded])].slice(0, 2)
}
