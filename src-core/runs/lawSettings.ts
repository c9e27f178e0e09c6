import type { ConfigValue } from '#shared/run.ts'

/** Settings that do not change the law of a run: its seed, where it came from, how long it ran, what was recorded of it. */
function isBesideTheLaw(key: string): boolean {
  return (
    ['seed', 'seeds', 'imported_from', 'steps'].includes(key) || /^(?:derived|probes|checkpoints)(?:\.|$)/.test(key)
  )
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
