import type { MetricSummary } from '#shared/run.ts'
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

export const isLeadingQuantity = (text: string): text is LeadingQuantity => Object.hasOwn(quantities, text)

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
