import type { RunSort } from '#shared/contract/runs.ts'

/** Texts begin at A, numbers at the largest; a second press turns round, a third gives the usual order back. */
export function nextSort(
  sort: readonly RunSort[],
  column: { sortColumn: string | null; kind: string },
): readonly RunSort[] {
  if (column.sortColumn === null) return sort
  const isText =
    column.kind === 'name' || column.kind === 'text' || column.kind === 'verdict' || column.kind === 'status'
  const first = isText ? 'ascending' : 'descending'
  const current = sort.find((entry) => entry.column === column.sortColumn)
  if (!current) return [{ column: column.sortColumn, direction: first }]
  if (current.direction !== first) return []
  return [{ column: column.sortColumn, direction: first === 'ascending' ? 'descending' : 'ascending' }]
}
