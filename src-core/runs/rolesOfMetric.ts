import { scalarMetricRoles, vectorMetricRoles } from '../diagnostics/observables/metricRoles.ts'
import type { MetricInfo } from '#shared/run.ts'

/** The diagnostics' roles of a metric: those that an import gave it (several are separated by commas), else the one that its name stands for in our own training; empty where it has none. */
export function rolesOfMetric({ name, kind, role }: Pick<MetricInfo, 'name' | 'kind' | 'role'>): string[] {
  if (role !== null && role !== '') return role.split(',')
  const own: Readonly<Record<string, string>> = kind === 'scalar' ? scalarMetricRoles : vectorMetricRoles
  const known = Object.hasOwn(own, name) ? own[name] : undefined
  return known === undefined ? [] : [known]
}
