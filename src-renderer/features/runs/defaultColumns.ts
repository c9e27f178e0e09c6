import { leadingMetrics } from '#core/runs/leadingMetrics.ts'
import { differingKeys } from '#core/runs/runGroups.ts'
import { settingsOf } from '#core/runs/settingsOf.ts'
import { isLive } from '#shared/run.ts'
import type { RunRow } from '#shared/run.ts'
import { withDistinctTitles } from './distinctTitles.ts'
import { configColumn, metricColumn, runColumns, valueColumn } from './runColumn.ts'
import type { RunColumn } from './runColumn.ts'

/** Keys that say most, first. */
const keyOrder = [
  'learning_rate',
  'momentum',
  'weight_decay',
  'batch_size',
  'label_noise',
  'sampling',
  'schedule',
  'data',
  'model',
  'hidden',
]
/** Keys that have a column of their own, or that follow from others. */
const hiddenKeys = new Set(['seed', 'seeds', 'title', 'description', 'name'])
/** Room for keys, in narrow columns: a text takes two. */
const shownKeyWidth = 3
/** Columns of each leading quantity: runs of several sources name it differently. */
const leadingLimit = 3
/** A run in training shows its progress beside its status. */
const liveStatusWidth = 130

export interface ColumnChoice {
  /** All that can be shown. */
  columns: RunColumn[]
  /** Ids of those shown before the user chose. */
  shownIds: Set<string>
}

/** Columns for these runs: what a run is, the configuration that differs, loss and gradient norm with their curves, noise, sharpness, steps. */
export function chooseColumns(runs: readonly RunRow[]): ColumnChoice {
  const metricCounts = countMetrics(runs)
  const differing = orderedKeys(
    differingKeys(runs).filter((key) => !hiddenKeys.has(key) && !key.startsWith('derived.') && key !== 'imported_from'),
  )
  const keys = orderedKeys(
    [...new Set(runs.flatMap((run) => Object.keys(settingsOf(run))))].filter((key) => !hiddenKeys.has(key)),
  )
  const losses = leadingMetrics(runs, ['loss'], leadingLimit)
  const gradients = leadingMetrics(runs, ['gradientNorm', 'gradientNormSquared'], leadingLimit)
  const noise = {
    ...valueColumn(
      'probe/noise_trace',
      '√tr Σ',
      'Gradient noise: root of the trace of the covariance of a batch gradient',
      Math.sqrt,
    ),
    width: 80,
  }
  const sharpness = valueColumn(
    'probe/sharpness',
    'λ_max',
    'Sharpness: the largest eigenvalue of the Hessian',
    (value) => value,
  )
  const leading = [...losses, ...gradients]
  const otherMetrics = [...metricCounts.keys()].filter((name) => !leading.includes(name)).toSorted()
  const metricColumns = withDistinctTitles([...leading, ...otherMetrics].map(metricColumn))
  const derived = [noise, sharpness].filter((column) => metricCounts.has(column.id.replace('value:', '')))
  const named = new Map(runColumns.map((column) => [column.id, column]))
  const first = ['name', 'verdict', 'status'].flatMap((id) => named.get(id) ?? [])
  const last = runColumns.filter((column) => !first.includes(column))
  const configColumns = keys.map((key) => configColumn(key, runs))
  const hasStatus = runs.some((run) => run.status !== 'finished')
  const hasLive = runs.some((run) => isLive(run.status))
  // All that is shown fits beside the inspector of a window of 1440 pixels.
  const shownDerived = hasLive ? [] : hasStatus ? derived.filter((column) => column === sharpness) : derived
  const isShown = new Set([
    'name',
    'verdict',
    ...(hasStatus ? ['status'] : []),
    ...fittingKeys(differing, runs).map((key) => `config.${key}`),
    ...(runs.some((run) => run.seed !== null) ? ['seed'] : []),
    ...leading.map((name) => metricColumn(name).id),
    ...shownDerived.map((column) => column.id),
    'steps',
  ])
  const seed = last.filter((column) => column.id === 'seed')
  return {
    columns: [
      ...first.map((column) => (column.id === 'status' && hasLive ? { ...column, width: liveStatusWidth } : column)),
      ...configColumns,
      ...seed,
      ...metricColumns.slice(0, leading.length),
      ...derived,
      ...last.filter((column) => column.id !== 'seed'),
      ...metricColumns.slice(leading.length),
    ],
    shownIds: isShown,
  }
}

function countMetrics(runs: readonly RunRow[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const run of runs) for (const name of Object.keys(run.metrics)) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}

function orderedKeys(keys: readonly string[]): string[] {
  const rank = (key: string): number => {
    const index = keyOrder.indexOf(key)
    return index < 0 ? keyOrder.length : index
  }
  return keys.toSorted((one, other) => rank(one) - rank(other) || one.localeCompare(other))
}

function fittingKeys(keys: readonly string[], runs: readonly RunRow[]): string[] {
  let room = shownKeyWidth
  return keys.filter((key) => {
    const width = runs.some((run) => typeof settingsOf(run)[key] === 'string') ? 2 : 1
    if (width > room) return false
    room -= width
    return true
  })
}
