import type { MetricSummary, RunRow } from '#shared/run.ts'
import { rolesOfMetric } from './rolesOfMetric.ts'

export type LeadingQuantity = 'loss' | 'gradientNorm' | 'gradientNormSquared' | 'noiseTrace' | 'sharpness'

/** Which metric is the quantity: one that plays its role, else the first of the names that a batch loss or an import without roles may have. */
const quantities: Readonly<Record<LeadingQuantity, { role: string; names: readonly string[] }>> = {
  loss: { role: 'loss', names: ['train/loss', 'loss', 'train_loss', 'validation/loss'] },
  gradientNorm: { role: 'gradient_norm', names: ['gradient_norm', 'grad_norm'] },
  gradientNormSquared: { role: 'gradient_norm_squared', names: ['gradient_norm_squared'] },
  noiseTrace: { role: 'noise_trace', names: ['noise_trace'] },
  sharpness: { role: 'sharpness', names: ['sharpness'] },
}

type Metrics = Readonly<Record<string, MetricSummary>>

/** Names of the scalar metrics that play a role in a run, in the order of its metrics. */
export function metricsOfRole(metrics: Metrics, role: string): string[] {
  return Object.entries(metrics).flatMap(([name, summary]) =>
    rolesOfMetric({ name, kind: 'scalar', role: summary.role ?? null }).includes(role) ? [name] : [],
  )
}

/** Name of the metric that is this quantity in a run, of several quantities the first that it has; undefined where it recorded none. */
export function leadingMetric(metrics: Metrics, ...wanted: readonly LeadingQuantity[]): string | undefined {
  for (const quantity of wanted) {
    const { role, names } = quantities[quantity]
    const found = metricsOfRole(metrics, role)[0] ?? names.find((name) => Object.hasOwn(metrics, name))
    if (found !== undefined) return found
  }
  return undefined
}

/**
 * At most `limit` metrics among which most runs have theirs of a quantity (of several quantities the first they have): the one that leads in most runs, then the one that leads in most of the others,
 * and so on. Runs that recorded none are passed over.
 */
export function leadingMetrics(
  runs: readonly Pick<RunRow, 'metrics'>[],
  wanted: readonly LeadingQuantity[],
  limit: number,
): string[] {
  const chosen: string[] = []
  let open = runs
  while (chosen.length < limit) {
    const best = commonest(open.flatMap(({ metrics }) => leadingMetric(metrics, ...wanted) ?? []))
    if (best === undefined) return chosen
    chosen.push(best)
    open = open.filter(({ metrics }) => leadingMetric(metrics, ...wanted) !== best)
  }
  return chosen
}

function commonest(names: readonly string[]): string | undefined {
  const counts = [...Map.groupBy(names, (name) => name)]
  return counts.toSorted(([, one], [, other]) => other.length - one.length)[0]?.[0]
}
