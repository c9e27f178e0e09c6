import { formatCounted } from '#core/format/formatCount.ts'
import { formatExact } from '#core/format/formatExact.ts'
import { byImportance } from '#core/runs/byImportance.ts'
import { experimentTitle } from '#core/runs/experimentTitle.ts'
import { isBookkeeping } from '#core/runs/lawSettings.ts'
import { differingKeys, experimentKey, groupedBySeeds } from '#core/runs/runGroups.ts'
import { settingsOf } from '#core/runs/settingsOf.ts'
import { settingText } from '#core/runs/settingText.ts'
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

export function configText(value: ConfigValue | undefined): string {
  if (value === undefined || value === null) return '–'
  return typeof value === 'number' ? formatExact(value) : String(value)
}

/** The two settings that set a run apart from the others, in words: `learning rate 0.03, iid`. */
function detailOf(run: RunRow, keys: readonly string[]): string[] {
  const settings = settingsOf(run)
  return keys.slice(0, 2).flatMap((key) => (settings[key] === undefined ? [] : [settingText(key, settings[key])]))
}

/** Groups the selected runs, in the order of selection: seeds of one experiment together, every other run by itself. */
export function compareGroups(runs: readonly RunRow[], slotOf: (runId: string) => number): CompareGroup[] {
  const keys = byImportance(differingKeys(runs)).filter((key) => !isBookkeeping(key))
  return groupedBySeeds(runs).flatMap((members): CompareGroup[] => {
    const [run] = members
    if (run === undefined) return []
    const isSeeds = members.length > 1
    return [
      {
        id: isSeeds ? experimentKey(run) : run.id,
        label: isSeeds ? experimentTitle(members) || run.name : run.name,
        detail: [...(isSeeds ? [formatCounted(members.length, 'seed')] : []), ...detailOf(run, keys)].join(', '),
        slot: slotOf(run.id),
        runs: members,
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
