import { seedSiblings } from '#core/runs/runGroups.ts'
import type { ViewState } from '#shared/contract/workspace.ts'
import type { RunRow } from '#shared/run.ts'
import { freeSlot } from './runColors.ts'

type Runs = ReadonlyMap<string, RunRow>

/** Colour slot of a run that is selected for the first time: that of its sibling seeds, else the lowest one that no selected run uses. */
function slotFor(runId: string, view: ViewState, runs: Runs): number {
  const run = runs.get(runId)
  const siblings = run ? seedSiblings(run, runs.values()) : []
  for (const sibling of siblings) {
    const slot = view.colorSlots[sibling.id]
    if (slot !== undefined) return slot
  }
  return freeSlot(view.selectedRunIds.flatMap((id) => view.colorSlots[id] ?? []))
}

/** Selects runs (in the order given, once each); a run keeps the colour that it had, unless a selected stranger has it now. */
export function withSelected(view: ViewState, runIds: readonly string[], runs: Runs): ViewState {
  let next: ViewState = { ...view, selectedRunIds: [] }
  for (const runId of new Set(runIds)) {
    const slot = keepsItsSlot(runId, next, runs) ? next.colorSlots[runId] : slotFor(runId, next, runs)
    next = {
      ...next,
      selectedRunIds: [...next.selectedRunIds, runId],
      colorSlots: { ...next.colorSlots, [runId]: slot ?? 0 },
    }
  }
  return next
}

function keepsItsSlot(runId: string, view: ViewState, runs: Runs): boolean {
  const slot = view.colorSlots[runId]
  if (slot === undefined) return false
  const run = runs.get(runId)
  const siblings = new Set(run ? seedSiblings(run, runs.values()).map((sibling) => sibling.id) : [])
  return !view.selectedRunIds.some((id) => view.colorSlots[id] === slot && !siblings.has(id))
}

/** Takes a run into the selection or out of it. */
export function withToggled(view: ViewState, runId: string, runs: Runs): ViewState {
  const isSelected = view.selectedRunIds.includes(runId)
  const runIds = isSelected ? view.selectedRunIds.filter((id) => id !== runId) : [...view.selectedRunIds, runId]
  return withSelected(view, runIds, runs)
}
