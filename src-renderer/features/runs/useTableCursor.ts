import { computed, shallowReadonly, shallowRef, watch } from 'vue'
import type { ComputedRef, ShallowRef } from 'vue'
import type { RunRow } from '#shared/run.ts'
import type { TableRow } from './tableRows.ts'

export interface TableCursor {
  readonly key: Readonly<ShallowRef<string | null>>
  readonly index: ComputedRef<number>
  readonly row: ComputedRef<TableRow | null>
  /** The run of the current row; null on a group. */
  readonly run: ComputedRef<RunRow | null>
  moveBy(by: number): void
  moveTo(index: number): void
  set(key: string): void
  /** Ids of the runs from where the last selection began to the current row. */
  rangeFromAnchor(): string[]
  setAnchor(key: string): void
}

/** The current row: bound to a run, not to a place, so that it survives sorting and new runs. When its run disappears, the next one takes over. */
export function useTableCursor(rows: () => readonly TableRow[]): TableCursor {
  const key = shallowRef<string | null>(null)
  const anchor = shallowRef<string | null>(null)
  let lastIndex = 0

  const index = computed(() => rows().findIndex((row) => row.key === key.value))
  const row = computed(() => rows()[index.value] ?? null)

  watch(
    [rows, index],
    () => {
      if (index.value >= 0) lastIndex = index.value
      else moveTo(key.value === null ? rows().findIndex((candidate) => candidate.kind === 'run') : lastIndex)
    },
    { immediate: true },
  )

  function moveTo(to: number): void {
    const last = rows().length - 1
    key.value = rows()[Math.min(last, Math.max(0, to))]?.key ?? null
  }

  function rangeFromAnchor(): string[] {
    const from = rows().findIndex((candidate) => candidate.key === anchor.value)
    const [begin, end] = [from < 0 ? index.value : from, index.value].toSorted((one, other) => one - other)
    return rows()
      .slice(begin, (end ?? 0) + 1)
      .flatMap((candidate) => (candidate.kind === 'run' ? [candidate.run.id] : []))
  }

  return {
    key: shallowReadonly(key),
    index,
    row,
    run: computed(() => (row.value?.kind === 'run' ? row.value.run : null)),
    moveBy: (by) => moveTo(index.value + by),
    moveTo,
    set: (next) => {
      key.value = next
    },
    rangeFromAnchor,
    setAnchor: (next) => {
      anchor.value = next
    },
  }
}
