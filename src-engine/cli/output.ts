import { stripVTControlCharacters } from 'node:util'

/** stdout carries the answer, stderr everything said on the way to it. */
export function printLine(text = ''): void {
  process.stdout.write(`${text}\n`)
}

export function say(text: string): void {
  process.stderr.write(`${text}\n`)
}

/** One JSON document: NaN and infinities as the strings "NaN", "Infinity", "-Infinity"; typed arrays as arrays. */
export function printJson(value: unknown): void {
  printLine(toJsonText(value))
}

export function toJsonText(value: unknown, indent = 2): string {
  return JSON.stringify(value, (_, entry: unknown) => toPlain(entry), indent)
}

function toPlain(value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value)
  if (value instanceof Float64Array) return Array.from(value)
  return value
}

export interface TableColumn<Row> {
  title: string
  align?: 'left' | 'right'
  cell: (row: Row) => string
}

/** A table in columns of equal width; control characters in cells never reach the terminal. */
export function printTable<Row>(columns: readonly TableColumn<Row>[], rows: readonly Row[]): void {
  const texts = rows.map((row) => columns.map((column) => printable(column.cell(row))))
  const widths = columns.map((column, i) =>
    Math.max(column.title.length, ...texts.map((cells) => (cells[i] ?? '').length)),
  )
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => (columns[i]?.align === 'right' ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
      .join('  ')
      .trimEnd()
  printLine(line(columns.map((column) => column.title)))
  for (const cells of texts) printLine(line(cells))
}

/** A stored text as one line that cannot move the cursor or change colours. */
export function printable(text: string): string {
  // oxlint-disable-next-line no-control-regex -- removing control characters is the purpose
  return stripVTControlCharacters(text).replaceAll(/[\u0000-\u001f\u007f-\u009f]+/g, ' ')
}
