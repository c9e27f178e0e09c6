import type { ConfigValue } from '#shared/run.ts'

/** Whether a key is no choice of an experimenter: it says which run of several this is (its seed, its file), or follows from the others (`derived.`). */
export function isBookkeeping(key: string): boolean {
  return ['seed', 'seeds', 'imported_from'].includes(key) || /^derived(?:\.|$)/.test(key)
}

/** Settings that do not change the law of a run: beside the bookkeeping, how long it ran and what was recorded of it. */
function isBesideTheLaw(key: string): boolean {
  return isBookkeeping(key) || key === 'steps' || /^(?:probes|checkpoints)(?:\.|$)/.test(key)
}

/** The settings that make a run's law, by key: all but its seed, length, recording and origin. Empty for a run of which none is known. */
export function lawSettings(settings: Readonly<Record<string, ConfigValue>>): Map<string, ConfigValue> {
  return new Map(Object.entries(settings).filter(([key]) => !isBesideTheLaw(key)))
}

/** A text that two runs have in common exactly when all their settings agree, in whatever order; `null` counts as a setting that is not known, and a setting that only one knows makes them differ. */
export function lawIdentity(settings: ReadonlyMap<string, ConfigValue>): string {
  const known = [...settings].filter(([, value]) => value !== null)
  return JSON.stringify(known.toSorted(([one], [other]) => (one < other ? -1 : 1)))
}
