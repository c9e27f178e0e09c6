/** A column as read: `values[i]` belongs to data row `rows[i]` (0-based); rows without a value are left out, never turned into 0. */
export interface TableColumn {
  name: string
  kind: 'numeric' | 'text'
  rows: Float64Array
  values: Float64Array
}

/** A file of columns, whatever its format. */
export interface Table {
  path: string
  format: string
  /** Data rows, blank ones included where they count. */
  rowCount: number
  columns: TableColumn[]
  /** One line each, naming the line of the file. */
  warnings: string[]
}
