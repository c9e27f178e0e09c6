import { computed, type ComputedRef } from 'vue'
import type { RouteStore } from '../../app/route.ts'
import { formatCompareQuery, parseCompareQuery, type CompareState } from './compareQuery.ts'

export interface CompareStateStore {
  readonly state: ComputedRef<CompareState>
  change(patch: Partial<CompareState>): void
  addPanel(panel: string): void
  removePanel(panel: string): void
  toggleLogarithmic(panel: string): void
}

/** What the page shows, kept in the address. */
export function useCompareState(
  route: RouteStore,
  defaults: () => Parameters<typeof parseCompareQuery>[1],
): CompareStateStore {
  const state = computed(() => parseCompareQuery(route.route.value.query, defaults()))
  const change = (patch: Partial<CompareState>): void => {
    const next = { ...state.value, ...patch }
    // A time of day has no logarithm worth reading.
    route.setQuery(formatCompareQuery(next.axis === 'wall_time' ? { ...next, isLogarithmicX: false } : next))
  }
  const without = (names: readonly string[], name: string): string[] => names.filter((other) => other !== name)
  return {
    state,
    change,
    addPanel(panel) {
      const logarithmic = without(state.value.logarithmicPanels, panel)
      change({
        panels: [...without(state.value.panels, panel), panel],
        logarithmicPanels: defaults().logarithmic.includes(panel) ? [...logarithmic, panel] : logarithmic,
      })
    },
    removePanel: (panel) => change({ panels: without(state.value.panels, panel) }),
    toggleLogarithmic(panel) {
      const names = state.value.logarithmicPanels
      change({ logarithmicPanels: names.includes(panel) ? without(names, panel) : [...names, panel] })
    },
  }
}
