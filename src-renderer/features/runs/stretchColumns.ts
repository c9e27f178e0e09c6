import type { PlacedColumn } from './useRunColumns.ts'

const widestName = 300

/** Gives room that is left over to the name, up to a readable width; columns keep their sizes otherwise. */
export function stretchColumns(columns: readonly PlacedColumn[], available: number): PlacedColumn[] {
  const total = columns.reduce((sum, column) => sum + column.size, 0)
  const spare = available - total
  if (spare <= 0) return [...columns]
  return columns.map((column) =>
    column.kind === 'name' && column.size < widestName
      ? { ...column, size: Math.min(widestName, column.size + spare) }
      : column,
  )
}
