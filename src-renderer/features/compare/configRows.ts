import { byImportance } from '#core/runs/byImportance.ts'
import { isBookkeeping } from '#core/runs/lawSettings.ts'
import { differingKeys, seedOf } from '#core/runs/runGroups.ts'
import { settingsOf } from '#core/runs/settingsOf.ts'
import { configText, type CompareGroup } from './compareGroups.ts'

export interface ConfigRow {
  readonly key: string
  /** One per group, in their order. `isSame`: as in the first group. */
  readonly cells: readonly { readonly text: string; readonly isSame: boolean }[]
}

/** The settings whose value is not the same in all groups; within a group all values that occur are listed. */
export function configRows(groups: readonly CompareGroup[]): ConfigRow[] {
  const runs = groups.flatMap((group) => group.runs)
  return byImportance(differingKeys(runs))
    .filter((key) => !isBookkeeping(key))
    .map((key) => {
      const texts = groups.map((group) =>
        [...new Set(group.runs.map((run) => configText(settingsOf(run)[key])))].join(', '),
      )
      return { key, cells: texts.map((text, index) => ({ text, isSame: index > 0 && text === texts[0] })) }
    })
}

/** What is true of runs without a row above: a seed that nobody gave is not known to differ, and settings that were never recorded are not known to agree. */
export function nothingDiffersText(groups: readonly CompareGroup[]): string {
  const runs = groups.flatMap((group) => group.runs)
  if (runs.length < 2) return 'One run: nothing to compare with.'
  const hasSettings = runs.some((run) => Object.keys(settingsOf(run)).some((key) => !isBookkeeping(key)))
  if (!hasSettings) return 'Nothing is known to differ: no settings were recorded.'
  const seeds = new Set(runs.map(seedOf))
  if (seeds.has(null)) return 'None of the recorded settings differs; which seed made which run was not recorded.'
  return seeds.size > 1 ? 'Nothing but the seed differs.' : 'Nothing differs, not even the seed.'
}
