import { stripVTControlCharacters } from 'node:util'

/** stdout carries the answer, stderr everything said on the way to it. */
export function printLine(text = ''): void {
  process.stdout.write(`${text}\n`)
}

/** Messages may quote names of a stranger's files: every line is made printable. */
export function say(text: string): void {
  process.stderr.write(`${text.split('\n').map(printable).join('\n')}\n`)
}

/** One JSON document: NaN and infinities as the strings "NaN", "Infinity", "-Infinity"; typed arrays as arrays. */
export function printJson(value: unknown): void {
  // JSON itself escapes the control characters below U+0020 only; a terminal obeys these as well.
  const text = writeJson(value, '').replaceAll(
    /[\u007f-\u009f]/g,
    (character) => `\\u00${character.charCodeAt(0).toString(16)}`,
  )
  printLine(text)
}

/** Indented by two, but lists of plain values on one line: a series is not a page for each hundred points. */
function writeJson(value: unknown, indentation: string): string {
  const plain = toPlain(value)
  if (!isNested(plain)) return JSON.stringify(plain) ?? 'null'
  const inner = `${indentation}  `
  if (Array.isArray(plain)) {
    if (!plain.some((entry) => isNested(toPlain(entry))))
      return `[${plain.map((entry) => writeJson(entry, '')).join(', ')}]`
    return `[\n${plain.map((entry) => inner + writeJson(entry, inner)).join(',\n')}\n${indentation}]`
  }
  const entries = Object.entries(plain).filter(([, entry]) => entry !== undefined)
  if (entries.length === 0) return '{}'
  const lines = entries.map(([key, entry]) => `${inner}${JSON.stringify(key)}: ${writeJson(entry, inner)}`)
  return `{\n${lines.join(',\n')}\n${indentation}}`
}

function isNested(value: unknown): value is object {
  return typeof value === 'object' && value !== null
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

/** An exact number with its noun: `1 step`, `8000 steps`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

/** A stored text as one line that cannot move the cursor or change colours. */
export function printable(text: string): string {
  // oxlint-disable-next-line no-control-regex -- removing control characters is the purpose
  return stripVTControlCharacters(text).replaceAll(/[\u0000-\u001f\u007f-\u009f]+/g, ' ')
}
