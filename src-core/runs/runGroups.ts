import type { RunRow } from '#shared/run.ts'
import { settingsOf } from './settingsOf.ts'

/** Keys of the configuration that may differ between seeds of one experiment. */
const seedKeys = new Set(['seed', 'seeds'])

/**
 * Whether the runs are seeds of one experiment: at least two, and their configurations agree in every key but the seed.
 * Then mean ± standard deviation describes them; for anything else only a range does. Empty or one run: false.
 */
export function areSeeds(runs: readonly RunRow[]): boolean {
  const [first, ...others] = runs
  if (first === undefined || others.length === 0) return false
  const seeds = new Set(runs.map((run) => run.seed))
  return seeds.size > 1 && others.every((run) => hasSameConfig(first, run))
}

function hasSameConfig(one: RunRow, other: RunRow): boolean {
  const [own, others] = [settingsOf(one), settingsOf(other)]
  const keys = new Set([...Object.keys(own), ...Object.keys(others)])
  return [...keys].every((key) => seedKeys.has(key) || own[key] === others[key])
}

/** A text that runs have in common when they are seeds of one experiment: of one named group, with the same configuration but for the seed. */
export function experimentKey(run: RunRow): string {
  if (run.group === null) return `run ${run.id}`
  const config = Object.entries(settingsOf(run)).filter(([key]) => !seedKeys.has(key))
  return `group ${JSON.stringify([run.group, config.toSorted(([one], [other]) => (one < other ? -1 : 1))])}`
}

/** Keys of the settings (`settingsOf`) whose value is not the same in all runs (a missing key counts as a value), in alphabetical order. */
export function differingKeys(runs: readonly RunRow[]): string[] {
  const settings = runs.map(settingsOf)
  const keys = new Set(settings.flatMap((one) => Object.keys(one)))
  return [...keys].filter((key) => new Set(settings.map((one) => one[key])).size > 1).toSorted()
}
