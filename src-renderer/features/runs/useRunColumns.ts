import {
  columnPinningFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  tableFeatures,
  useTable,
} from '@tanstack/vue-table'
import { computed, shallowRef, watch } from 'vue'
import type { ComputedRef } from 'vue'
import type { RunRow } from '#shared/run.ts'
import { chooseColumns } from './defaultColumns.ts'
import type { RunColumn } from './runColumn.ts'

export interface PlacedColumn extends RunColumn {
  /** Pixels from the left of its region (pinned or not). */
  start: number
  size: number
  isPinned: boolean
}

export interface RunColumns {
  readonly all: ComputedRef<readonly RunColumn[]>
  readonly visible: ComputedRef<readonly PlacedColumn[]>
  isVisible(id: string): boolean
  toggle(id: string): void
  reset(): void
  resize(id: string, width: number): void
}

const features = tableFeatures({ columnVisibilityFeature, columnSizingFeature, columnPinningFeature })
const smallestWidth = 44

/** Which columns there are, which are shown, how wide they are. What the user chose is kept while runs come and go. */
export function useRunColumns(runs: () => readonly RunRow[]): RunColumns {
  // The choice depends on keys and metrics, not on values: only a change of those makes the columns anew.
  const signature = computed(() =>
    runs()
      .map((run) => `${Object.keys(run.metrics).length},${JSON.stringify(run.config)},${run.status === 'finished'}`)
      .join('\n'),
  )
  const choice = shallowRef(chooseColumns(runs()))
  watch(signature, () => {
    choice.value = chooseColumns(runs())
  })
  const chosen = shallowRef<Readonly<Record<string, boolean>>>({})
  const definitions = computed(() =>
    choice.value.columns.map((column) => ({ id: column.id, size: column.width, minSize: smallestWidth })),
  )
  const table = useTable({
    features,
    columns: definitions,
    data: [],
    initialState: { columnPinning: { start: ['name'], end: [] } },
  })

  const isVisible = (id: string): boolean => chosen.value[id] ?? choice.value.shownIds.has(id)
  watch(
    [choice, chosen],
    () => table.setColumnVisibility(Object.fromEntries(choice.value.columns.map(({ id }) => [id, isVisible(id)]))),
    { immediate: true },
  )

  const byId = computed(() => new Map(choice.value.columns.map((column) => [column.id, column])))
  const visible = computed(() => {
    // Definitions are read here so that a new choice is followed.
    void definitions.value
    const place =
      (region: 'start' | 'center') =>
      (column: {
        id: string
        getSize: () => number
        getStart: (position: 'start' | 'center') => number
      }): PlacedColumn[] => {
        const found = byId.value.get(column.id)
        return found
          ? [{ ...found, start: column.getStart(region), size: column.getSize(), isPinned: region === 'start' }]
          : []
      }
    return [
      ...table.getStartVisibleLeafColumns().flatMap(place('start')),
      ...table.getCenterVisibleLeafColumns().flatMap(place('center')),
    ]
  })

  return {
    all: computed(() => choice.value.columns),
    visible,
    isVisible,
    toggle: (id) => {
      chosen.value = { ...chosen.value, [id]: !isVisible(id) }
    },
    reset: () => {
      chosen.value = {}
      table.resetColumnSizing(true)
    },
    resize: (id, width) => table.setColumnSizing((sizes) => ({ ...sizes, [id]: Math.max(smallestWidth, width) })),
  }
}
