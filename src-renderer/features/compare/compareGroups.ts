import { formatCounted } from '#core/format/formatCount.ts'
import { formatExact } from '#core/format/formatExact.ts'
import { byImportance } from '#core/runs/byImportance.ts'
import { experimentTitle } from '#core/runs/experimentTitle.ts'
import { areSeeds, differingKeys, experimentKey } from '#core/runs/runGroups.ts'
import { settingsOf } from '#core/runs/settingsOf.ts'
import type { ConfigValue, RunRow } from '#shared/run.ts'

/** One line of the tray: a run, or the seeds of one experiment that share a colour. */
export interface CompareGroup {
  /** Id of the run, or the name of the group. */
  readonly id: string
  readonly label: string
  readonly detail: string
  /** Colour slot. */
  readonly slot: number
  readonly runs: readonly RunRow[]
  readonly isSeeds: boolean
}

/** Keys that follow from others or only tell runs apart. */
export const isDerivedKey = (key: string): boolean =>
  key.startsWith('derived.') || key === 'imported_from' || key === 'seed' || key === 'data_seed'

export function configText(value: ConfigValue | undefined): string {
  if (value === undefined || value === null) return '–'
  return typeof value === 'number' ? formatExact(value) : String(value)
}

/** The two settings that set a run apart from the others, in words: `learning rate 0.03, iid`. */
function detailOf(run: RunRow, keys: readonly string[]): string[] {
  const settings = settingsOf(run)
  return keys
    .slice(0, 2)
    .flatMap((key) =>
      settings[key] === undefined
        ? []
        : [`${key.replaceAll('_', ' ').replace(/^.*\./, '')} ${configText(settings[key])}`],
    )
}

/** Groups the selected runs, in the order of selection: seeds of one experiment together, every other run by itself. */
export function compareGroups(runs: readonly RunRow[], slotOf: (runId: string) => number): CompareGroup[] {
  const keys = byImportance(differingKeys(runs)).filter((key) => !isDerivedKey(key))
  const byExperiment = Map.groupBy(runs, experimentKey)
  const done = new Set<string>()
  return runs.flatMap((run): CompareGroup[] => {
    if (done.has(run.id)) return []
    const key = experimentKey(run)
    const members = byExperiment.get(key) ?? [run]
    const isSeeds = areSeeds(members)
    const own = isSeeds ? members : [run]
    for (const member of own) done.add(member.id)
    return [
      {
        id: isSeeds ? key : run.id,
        label: isSeeds ? experimentTitle(own) || run.name : run.name,
        detail: [...(isSeeds ? [formatCounted(own.length, 'seed')] : []), ...detailOf(run, keys)].join(', '),
        slot: slotOf(run.id),
        runs: own,
        isSeeds,
      },
    ]
  })
}

/** Names of all scalar metrics that any of the runs recorded, in alphabetical order, what things cost last. */
export function availableMetrics(runs: readonly RunRow[]): string[] {
  const isCost = (name: string): number => Number(name.startsWith('cost/'))
  return [...new Set(runs.flatMap((run) => Object.keys(run.metrics)))].toSorted(
    (a, b) => isCost(a) - isCost(b) || a.localeCompare(b),
  )
}
