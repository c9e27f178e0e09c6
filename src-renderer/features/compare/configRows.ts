import { differingKeys } from '#core/runs/runGroups.ts'
import { byImportance, configText, isDerivedKey, type CompareGroup } from './compareGroups.ts'

export interface ConfigRow {
  readonly key: string
  /** One per group, in their order. `isSame`: as in the first group. */
  readonly cells: readonly { readonly text: string; readonly isSame: boolean }[]
}

/** The settings whose value is not the same in all groups; within a group all values that occur are listed. */
export function configRows(groups: readonly CompareGroup[]): ConfigRow[] {
  const runs = groups.flatMap((group) => group.runs)
  return byImportance(differingKeys(runs))
    .filter((key) => !isDerivedKey(key))
    .map((key) => {
      const texts = groups.map((group) => [...new Set(group.runs.map((run) => configText(run.config[key])))].join(', '))
      return { key, cells: texts.map((text, index) => ({ text, isSame: index > 0 && text === texts[0] })) }
    })
}
