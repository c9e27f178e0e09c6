import { GrowingArray } from '../growingArray.ts'
import { parseNumber } from '../parseNumber.ts'
import type { TableColumn } from '../table.ts'

const missing = new Set(['', 'NA', 'na', 'null', 'None', '-'])

/** Collects one column: numbers as they come, and where the others stand. */
export class ColumnReader {
  readonly name: string
  private readonly rows = new GrowingArray()
  private readonly values = new GrowingArray()
  private textCount = 0
  private firstText: { line: number; text: string } | null = null

  constructor(name: string) {
    this.name = name
  }

  add(cell: string, row: number, line: number): void {
    const text = cell.trim()
    if (missing.has(text)) return
    const value = parseNumber(text)
    if (value === null) {
      this.textCount += 1
      this.firstText ??= { line, text }
      return
    }
    this.rows.push(row)
    this.values.push(value)
  }

  finish(): TableColumn {
    const isNumeric = this.values.length > 0 && this.values.length >= this.textCount
    return {
      name: this.name,
      kind: isNumeric ? 'numeric' : 'text',
      rows: this.rows.toArray(),
      values: this.values.toArray(),
    }
  }

  /** One line about cells that could not be kept, or null. */
  warning(): string | null {
    if (!this.firstText) {
      return this.values.length === 0 ? `column '${this.name}' is empty: left out` : null
    }
    const where = `line ${this.firstText.line} '${shorten(this.firstText.text)}'`
    if (this.finish().kind === 'text') return `column '${this.name}' holds text (${where}): left out`
    const others = this.textCount > 1 ? ` and ${this.textCount - 1} more cells` : ''
    return `column '${this.name}': ${where}${others} not a number: left out`
  }
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 37)}...` : text
}
