import { experimentKey } from '#core/runs/runGroups.ts'
import type { ViewState } from '#shared/contract/workspace.ts'
import type { RunRow } from '#shared/run.ts'

type Runs = ReadonlyMap<string, RunRow>

function keyOf(runId: string, runs: Runs): string {
  const run = runs.get(runId)
  return run ? experimentKey(run) : `run ${runId}`
}

/** Slots that experiments had before, selected or not. */
function formerSlots(view: ViewState, runs: Runs): Map<string, number> {
  const slots = new Map<string, number>()
  for (const [runId, slot] of Object.entries(view.colorSlots)) {
    const key = keyOf(runId, runs)
    if (!slots.has(key)) slots.set(key, slot)
  }
  return slots
}

/**
 * Selects runs (in the order given, once each). Seeds of one experiment share a colour slot; a run keeps the slot that it or its experiment had,
 * unless a stranger among the selected has it now, and else gets the lowest free one.
 */
export function withSelected(view: ViewState, runIds: readonly string[], runs: Runs): ViewState {
  const selectedRunIds = [...new Set(runIds)]
  const former = formerSlots(view, runs)
  const colorSlots = { ...view.colorSlots }
  const ownerOfSlot = new Map<number, string>()
  let lowestFree = 0
  for (const runId of selectedRunIds) {
    const key = keyOf(runId, runs)
    const candidates = [colorSlots[runId], former.get(key)]
    let slot = candidates.find((candidate) => candidate !== undefined && (ownerOfSlot.get(candidate) ?? key) === key)
    if (slot === undefined) {
      while (ownerOfSlot.has(lowestFree)) lowestFree += 1
      slot = lowestFree
    }
    former.set(key, slot)
    ownerOfSlot.set(slot, key)
    colorSlots[runId] = slot
  }
  return { ...view, selectedRunIds, colorSlots }
}

/** Takes a run into the selection or out of it. */
export function withToggled(view: ViewState, runId: string, runs: Runs): ViewState {
  const isSelected = view.selectedRunIds.includes(runId)
  const runIds = isSelected ? view.selectedRunIds.filter((id) => id !== runId) : [...view.selectedRunIds, runId]
  return withSelected(view, runIds, runs)
}
