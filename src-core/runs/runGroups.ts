import type { RunRow } from '#shared/run.ts'
import { lawIdentity, lawSettings } from './lawSettings.ts'
import { settingsOf } from './settingsOf.ts'

/** The seed of a run, also where an import only keeps it as a setting; null where it is not known. */
export function seedOf({ seed, config }: Pick<RunRow, 'seed' | 'config'>): number | null {
  const configured = config['seed']
  return seed ?? (Number.isInteger(configured) ? Number(configured) : null)
}

/**
 * Whether two runs are of one experiment: their settings agree in everything that makes their law (`lawSettings`). It is the rule of the comparison across seeds (`groupSeeds`); runs of which no
 * setting is known count as one experiment, as whoever diagnoses them together says.
 */
export function areOneExperiment(one: RunRow, other: RunRow): boolean {
  return identityOf(one) === identityOf(other)
}

/** A text that runs have in common when they are of one experiment (`areOneExperiment`); a run of which no setting is known is alone. */
export function experimentKey(run: RunRow): string {
  return lawSettings(settingsOf(run)).size === 0 ? `run ${run.id}` : `experiment ${identityOf(run)}`
}

const identityOf = (run: RunRow): string => lawIdentity(lawSettings(settingsOf(run)))

/**
 * Whether the runs are seeds of one experiment: at least two of one `experimentKey`, no known seed twice. Then mean ± standard deviation describes them;
 * for anything else only a range does: a run that repeats the seed of another is no further sample. Empty or one run: false.
 */
export function areSeeds(runs: readonly RunRow[]): boolean {
  if (runs.length < 2 || new Set(runs.map(experimentKey)).size > 1) return false
  const known = runs.map(seedOf).filter((seed) => seed !== null)
  return new Set(known).size === known.length
}

/** The runs as they stand beside each other: seeds of one experiment (`areSeeds`) together, every other run by itself, in the order of their first run. */
export function groupedBySeeds(runs: readonly RunRow[]): RunRow[][] {
  const experiments = [...Map.groupBy(runs, experimentKey).values()]
  const groups = experiments.flatMap((members) => (areSeeds(members) ? [members] : members.map((run) => [run])))
  const groupOf = new Map(groups.flatMap((members) => members.map((run) => [run, members] as const)))
  return [...new Set(runs.flatMap((run) => [groupOf.get(run) ?? []]))]
}

/** Keys of the settings (`settingsOf`) whose value is not the same in all runs (a missing key counts as a value), in alphabetical order. */
export function differingKeys(runs: readonly RunRow[]): string[] {
  const settings = runs.map(settingsOf)
  const keys = new Set(settings.flatMap((one) => Object.keys(one)))
  return [...keys].filter((key) => new Set(settings.map((one) => one[key])).size > 1).toSorted()
}
