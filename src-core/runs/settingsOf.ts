import { formatExact } from '../format/formatExact.ts'
import type { RunConfig, RunRow } from '#shared/run.ts'
import { metricsOfRole } from './leadingMetric.ts'

/**
 * The configuration of a run, and its learning rate where only a recorded metric tells it (the role `learning_rate` of an import): the number where it never changed, else the text
 * `0.01 to 0.1` of its smallest and largest finite value.
 */
export function settingsOf({ config, metrics }: Pick<RunRow, 'config' | 'metrics'>): RunConfig {
  if (config['learning_rate'] !== undefined) return config
  const [name = ''] = metricsOfRole(metrics, 'learning_rate')
  const rate = Object.hasOwn(metrics, name) ? metrics[name] : undefined
  if (rate === undefined || !Number.isFinite(rate.min)) return config
  const isConstant = rate.min === rate.max
  return { ...config, learning_rate: isConstant ? rate.min : `${formatExact(rate.min)} to ${formatExact(rate.max)}` }
}
