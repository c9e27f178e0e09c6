import type { FieldValue, RunField } from './runField.ts'

export const comparisonOperators = ['=', '!=', '<', '<=', '>', '>=', '~', '!~'] as const
export type ComparisonOperator = (typeof comparisonOperators)[number]

/** The right side of a comparison: as it was written, and as a number where it is one (`nan` and `inf` are numbers). */
export interface FilterValue {
  readonly text: string
  readonly number: number | null
}

/** `0.01`, `1e-3`, `nan`, `inf`, `-inf`; null for anything else. */
export function parseFilterNumber(text: string): number | null {
  const word = text.toLowerCase()
  if (word === 'nan') return NaN
  if (word === 'inf' || word === '+inf' || word === 'infinity') return Infinity
  if (word === '-inf' || word === '-infinity') return -Infinity
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/.test(word) ? Number(word) : null
}

/** Milliseconds since 1970 of an ISO date (midnight UTC) or date and time; NaN when it is none. */
export function parseFilterTime(text: string): number {
  return parseFilterNumber(text) ?? Date.parse(text)
}

function compareNumbers(left: number, operator: ComparisonOperator, right: number): boolean {
  switch (operator) {
    case '=':
      return left === right || (Number.isNaN(left) && Number.isNaN(right))
    case '!=':
      return !compareNumbers(left, '=', right)
    case '<':
      return left < right
    case '<=':
      return left <= right
    case '>':
      return left > right
    case '>=':
      return left >= right
    case '~':
    case '!~':
      return compareTexts(String(left), operator, String(right))
  }
}

function compareTexts(left: string, operator: ComparisonOperator, right: string): boolean {
  const ours = left.toLowerCase()
  const theirs = right.toLowerCase()
  if (operator === '=') return ours === theirs
  if (operator === '!=') return ours !== theirs
  if (operator === '~') return ours.includes(theirs)
  if (operator === '!~') return !ours.includes(theirs)
  return compareNumbers(ours.localeCompare(theirs, 'en'), operator, 0)
}

const isNegative = (operator: ComparisonOperator): boolean => operator === '!=' || operator === '!~'

/**
 * Whether a field of a run compares so with a value. A field that is missing compares with nothing: the answer is false, also for `!=`. Text ignores case; a field with
 * several values (tags) matches when one does, and with `!=` or `!~` when none does.
 */
export function compareField(field: FieldValue, operator: ComparisonOperator, value: FilterValue): boolean {
  if (field === undefined) return false
  if (typeof field === 'number' && value.number !== null) return compareNumbers(field, operator, value.number)
  if (Array.isArray(field)) {
    const compares = (text: string): boolean => compareTexts(text, operator, value.text)
    return isNegative(operator) ? field.every(compares) : field.some(compares)
  }
  return compareTexts(String(field), operator, value.text)
}

/** Whether a run has the field at all; an empty text or an empty list counts as missing. */
export function isMissing(field: RunField, row: Parameters<RunField['read']>[0]): boolean {
  const value = field.read(row)
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
}
