import { byImportance } from '#core/runs/byImportance.ts'
import { isBookkeeping } from '#core/runs/lawSettings.ts'
import { leadingFields, leadingValue } from '#core/runs/leadingValue.ts'
import { differingKeys, seedOf } from '#core/runs/runGroups.ts'
import { settingsOf } from '#core/runs/settingsOf.ts'
import { isLive } from '#shared/run.ts'
import type { RunRow } from '#shared/run.ts'
import { withDistinctTitles } from './distinctTitles.ts'
import { configColumn, leadingColumn, metricColumn, runColumns } from './runColumn.ts'
import type { RunColumn } from './runColumn.ts'

/** Room for keys, in narrow columns: a text takes two. */
const shownKeyWidth = 3
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
  const differing = byImportance(differingKeys(runs).filter((key) => !isBookkeeping(key)))
  // The seed has a column of its own.
  const keys = byImportance(
    [...new Set(runs.flatMap((run) => Object.keys(settingsOf(run))))].filter((key) => key !== 'seed'),
  )
  const leading = leadingFields
    .filter((field) => runs.some((run) => leadingValue(run, field) !== undefined))
    .map((field) => leadingColumn(field, runs))
  const metricNames = [...new Set(runs.flatMap((run) => Object.keys(run.metrics)))].toSorted()
  const metricColumns = withDistinctTitles([...leading, ...metricNames.map(metricColumn)])
  const named = new Map(runColumns.map((column) => [column.id, column]))
  const first = ['name', 'verdict', 'status'].flatMap((id) => named.get(id) ?? [])
  const last = runColumns.filter((column) => !first.includes(column))
  const configColumns = keys.map((key) => configColumn(key, runs))
  const hasStatus = runs.some((run) => run.status !== 'finished')
  const hasLive = runs.some((run) => isLive(run.status))
  // All that is shown fits beside the inspector of a window of 1440 pixels.
  const unshown = hasLive ? ['gradient_noise', 'sharpness'] : hasStatus ? ['gradient_noise'] : []
  const isShown = new Set([
    'name',
    'verdict',
    ...(hasStatus ? ['status'] : []),
    ...fittingKeys(differing, runs).map((key) => `config.${key}`),
    ...(runs.some((run) => seedOf(run) !== null) ? ['seed'] : []),
    ...leading.map(({ id }) => id).filter((id) => !unshown.includes(id)),
    'steps',
  ])
  const seed = last.filter((column) => column.id === 'seed')
  return {
    columns: [
      ...first.map((column) => (column.id === 'status' && hasLive ? { ...column, width: liveStatusWidth } : column)),
      ...configColumns,
      ...seed,
      ...metricColumns.slice(0, leading.length),
      ...last.filter((column) => column.id !== 'seed'),
      ...metricColumns.slice(leading.length),
    ],
    shownIds: isShown,
  }
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
