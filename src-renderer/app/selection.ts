import { experimentKey, groupedBySeeds } from '#core/runs/runGroups.ts'
import type { ViewState } from '#shared/contract/workspace.ts'
import type { RunRow } from '#shared/run.ts'

type Runs = ReadonlyMap<string, RunRow>

/** Slots that experiments had before, selected or not. */
function formerSlots(view: ViewState, runs: Runs): Map<string, number> {
  const slots = new Map<string, number>()
  for (const [runId, slot] of Object.entries(view.colorSlots)) {
    const run = runs.get(runId)
    if (run && !slots.has(experimentKey(run))) slots.set(experimentKey(run), slot)
  }
  return slots
}

/** The runs that are drawn as one, by their ids; a run that is not read yet stands alone. */
function drawnTogether(runIds: readonly string[], runs: Runs): string[][] {
  const known = runIds.flatMap((id) => runs.get(id) ?? [])
  const unknown = runIds.filter((id) => !runs.has(id))
  return [...groupedBySeeds(known).map((members) => members.map(({ id }) => id)), ...unknown.map((id) => [id])]
}

/**
 * Selects runs (in the order given, once each). A colour slot belongs to what is drawn as one, seeds of one experiment or a run by itself (`groupedBySeeds`), and to
 * nothing else that is selected. It stays the one that its runs or their experiment had, where that is free; else it is the lowest free one.
 */
export function withSelected(view: ViewState, runIds: readonly string[], runs: Runs): ViewState {
  const selectedRunIds = [...new Set(runIds)]
  const former = formerSlots(view, runs)
  const colorSlots = { ...view.colorSlots }
  const taken = new Set<number>()
  let lowestFree = 0
  const groups = drawnTogether(selectedRunIds, runs).map((members) => ({
    members,
    own: members.flatMap((id) => view.colorSlots[id] ?? []),
  }))
  // Those that have a slot come first, so that no new one takes it from them.
  for (const { members, own } of groups.toSorted(
    (one, other) => Number(other.own.length > 0) - Number(one.own.length > 0),
  )) {
    const [first] = members.flatMap((id) => runs.get(id) ?? [])
    const candidates = [...own, ...(first ? [former.get(experimentKey(first))] : [])]
    let slot = candidates.find((candidate) => candidate !== undefined && !taken.has(candidate))
    if (slot === undefined) {
      while (taken.has(lowestFree)) lowestFree += 1
      slot = lowestFree
    }
    taken.add(slot)
    for (const id of members) colorSlots[id] = slot
  }
  return { ...view, selectedRunIds, colorSlots }
}

/** Takes a run into the selection or out of it. */
export function withToggled(view: ViewState, runId: string, runs: Runs): ViewState {
  const isSelected = view.selectedRunIds.includes(runId)
  const runIds = isSelected ? view.selectedRunIds.filter((id) => id !== runId) : [...view.selectedRunIds, runId]
  return withSelected(view, runIds, runs)
}
