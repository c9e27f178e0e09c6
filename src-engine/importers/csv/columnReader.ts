import { GrowingArray } from '../growingArray.ts'
import { parseNumber } from '../parseNumber.ts'
import { shorten } from '../shorten.ts'
import type { TableColumn } from '../table.ts'

const decimalComma = /^[+-]?\d*,\d+([eE][+-]?\d+)?$/
const wholeNumber = /^[+-]?\d+$/
const digits = /\d/
const missing = new Set(['', 'NA', 'na', 'null', 'None', '-'])

/** Collects one column: numbers as they come, and where the others stand. */
export class ColumnReader {
  readonly name: string
  private readonly rows = new GrowingArray()
  private readonly values = new GrowingArray()
  private textCount = 0
  private firstText: { line: number; text: string } | null = null
  private firstInexact: { line: number; text: string; value: number } | null = null

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
    if (isInexact(text, value)) this.firstInexact ??= { line, text, value }
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

  /** One line each about cells that could not be kept, or not as written. */
  warnings(): string[] {
    return [this.textWarning(), this.inexactWarning()].filter((warning) => warning !== null)
  }

  private textWarning(): string | null {
    if (!this.firstText) {
      return this.values.length === 0 ? `column '${this.name}' is empty: left out` : null
    }
    const where = `line ${this.firstText.line} '${shorten(this.firstText.text)}'`
    const advice = decimalComma.test(this.firstText.text) ? '; write numbers with a decimal point' : ''
    if (this.finish().kind === 'text') return `column '${this.name}' holds text (${where}): left out${advice}`
    const others = this.textCount > 1 ? ` and ${this.textCount - 1} more cells` : ''
    return `column '${this.name}': ${where}${others} not a number: left out${advice}`
  }

  private inexactWarning(): string | null {
    if (!this.firstInexact || this.finish().kind === 'text') return null
    const { line, text, value } = this.firstInexact
    return `column '${this.name}': line ${line} '${shorten(text)}' is no double, kept as ${value}`
  }
}

/** Whole numbers from 2^53 on are not all doubles; what is written with an exponent or a point is rounded knowingly. */
function isInexact(text: string, value: number): boolean {
  if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return false
  if (!Number.isFinite(value)) return digits.test(text)
  return wholeNumber.test(text) && BigInt(text.replace('+', '')) !== BigInt(value)
}
