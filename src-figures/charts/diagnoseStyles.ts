import { runStyle, type RunStyle } from '../plot/runStyle.ts'

/** Hues in the order in which seeds get them: those that differ most come first. */
const seedSlots = [0, 5, 3, 6, 4, 2, 7, 8, 1, 9]

/**
 * Colours of the runs on this page. Seeds of one group share a colour elsewhere; here each is a subject of its own,
 * so that as soon as two runs would look the same, all are coloured by their order.
 */
export function diagnoseStyles(
  runIds: readonly string[],
  slotOf: (runId: string) => number | null,
): ReadonlyMap<string, RunStyle> {
  const slots = runIds.map(slotOf)
  const areDistinct = slots.every((slot) => slot !== null) && new Set(slots).size === slots.length
  return new Map(
    runIds.map((runId, index) => {
      const slot = areDistinct
        ? (slots[index] ?? index)
        : (seedSlots[index % seedSlots.length] ?? 0) + seedSlots.length * Math.floor(index / seedSlots.length)
      return [runId, runStyle(slot)]
    }),
  )
}
