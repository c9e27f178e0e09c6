import type { RunColumn } from './runColumn.ts'

/** Headings that would read the same but for capitals (`Loss` of an exact pass, `loss` of a file) become the names of their metrics, which say where each comes from: `probe/loss`, `loss`. */
export function withDistinctTitles(columns: readonly RunColumn[]): RunColumn[] {
  const counts = Map.groupBy(columns, ({ title }) => title.toLowerCase())
  return columns.map((column) =>
    column.metric !== null && (counts.get(column.title.toLowerCase())?.length ?? 0) > 1
      ? { ...column, title: column.metric }
      : column,
  )
}
