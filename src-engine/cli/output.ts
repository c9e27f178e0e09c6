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

const narrowest = 60
/** Longer lines are hard to read, and do not fit a notebook. */
const widest = 100

/** Columns that a line of text may take: those of the terminal, from 60 to 100; 100 where stdout is a file or a pipe. */
export function lineWidth(): number {
  return Math.min(widest, Math.max(narrowest, process.stdout.columns || widest))
}

const graphemes = new Intl.Segmenter('en')

/** Columns that a text takes: marks such as that of R̂ stand above a letter. */
export function textWidth(text: string): number {
  return Array.from(graphemes.segment(text)).length
}

/** Filled with blanks up to a width in columns. */
export function padText(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const blanks = ' '.repeat(Math.max(0, width - textWidth(text)))
  return align === 'right' ? blanks + text : text + blanks
}

/** Lines of at most `width` columns, broken at blanks (never at no-break spaces); a longer word stands on a line of its own. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && textWidth(line) + 1 + textWidth(word) > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}

/** A text for people, made printable and wrapped; its lines begin below the end of `head`. */
export function printText(text: string, head = ''): void {
  const lines = wrapText(printable(text), lineWidth() - textWidth(head))
  lines.forEach((line, i) => printLine(`${i === 0 ? head : ' '.repeat(textWidth(head))}${line}`.trimEnd()))
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
    Math.max(textWidth(column.title), ...texts.map((cells) => textWidth(cells[i] ?? ''))),
  )
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => padText(cell, widths[i] ?? 0, columns[i]?.align))
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
