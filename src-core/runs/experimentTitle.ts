import type { ConfigValue, RunRow } from '#shared/run.ts'
import { byImportance } from './byImportance.ts'
import { lawSettings } from './lawSettings.ts'
import { settingsOf } from './settingsOf.ts'
import { settingText } from './settingText.ts'

const titledSettings = 3
/** Kept by `split`: words stand at even places, what separates them at odd ones. The point of a number (`0.1`) separates nothing. */
const separators = /((?:[-_\s]|(?<!\d)\.|\.(?!\d))+)/

/**
 * What an experiment is called: the group that its runs were trained in, else what their names begin with (`digits` of `digits-s0` and `digits-s1`), else their settings
 * (`learning rate 0.05, momentum 0.9`). Names that have only a number in common say less than the settings. Empty for no run, and where nothing of these is known.
 */
export function experimentTitle(runs: readonly RunRow[]): string {
  const [first, ...others] = runs
  if (first === undefined) return ''
  if (first.group !== null && others.every(({ group }) => group === first.group)) return first.group
  const beginning = commonBeginning(runs.map(({ name }) => name))
  const isTelling = others.length === 0 || !Number.isFinite(Number(beginning))
  return (isTelling && beginning) || settingsTitle(lawSettings(settingsOf(first))) || beginning
}

/** Settings in words, the three most telling: `learning rate 0.05, momentum 0.9`. */
export function settingsTitle(settings: ReadonlyMap<string, ConfigValue>): string {
  const known = byImportance([...settings.keys()]).flatMap((key) => {
    const value = settings.get(key) ?? null
    return value === null ? [] : [settingText(key, value)]
  })
  return known.slice(0, titledSettings).join(', ')
}

/** The words that all names begin with, as the first name writes them. */
function commonBeginning(names: readonly string[]): string {
  const [first = [], ...others] = names.map((name) => name.split(separators))
  const end = first.findIndex((piece, index) => others.some((other) => other[index] !== piece))
  const shared = end < 0 ? first : first.slice(0, end)
  return shared.slice(0, shared.length - ((shared.length + 1) % 2)).join('')
}
