import { ErgoscopeError } from '#shared/errors.ts'
import type { RunRow } from '#shared/run.ts'
import { fieldNames, runField, splitFieldPath, type FieldValue, type RunField } from './runField.ts'

export interface SortColumn {
  /** A field as in a filter: `name`, `config.learning_rate`, `metrics."train/loss".last`, or a column of the row, `createdAtMs`. */
  readonly column: string
  readonly direction: 'ascending' | 'descending'
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

function isAbsent(value: FieldValue): boolean {
  return value === undefined || value === null || (typeof value === 'number' && Number.isNaN(value))
}

function compareValues(left: FieldValue, right: FieldValue): number {
  if (typeof left === 'number' && typeof right === 'number') return left < right ? -1 : left > right ? 1 : 0
  return collator.compare(String(left), String(right))
}

/**
 * The runs in that order, as a new array; later columns decide among equals, then the newest comes first. Numbers inside text count as numbers (run 2 before run 10).
 * A missing value or NaN comes last in either direction. Error: `bad-request` for an unknown column.
 */
export function sortRuns(runs: readonly RunRow[], columns: readonly SortColumn[]): RunRow[] {
  const keys = columns.map(({ column, direction }) => ({
    field: fieldOf(column),
    sign: direction === 'ascending' ? 1 : -1,
  }))
  return runs.toSorted((left, right) => {
    for (const { field, sign } of keys) {
      const ours = field.read(left)
      const theirs = field.read(right)
      const order =
        Number(isAbsent(ours)) - Number(isAbsent(theirs)) || (isAbsent(ours) ? 0 : sign * compareValues(ours, theirs))
      if (order !== 0) return order
    }
    return (
      right.createdAtMs - left.createdAtMs || collator.compare(left.name, right.name) || (left.id < right.id ? -1 : 1)
    )
  })
}

function fieldOf(column: string): RunField {
  const segments = splitFieldPath(column)
  const field = segments && runField(segments)
  if (!field) throw new ErgoscopeError('bad-request', `cannot sort by "${column}": fields are ${fieldNames.join(', ')}`)
  return field
}
