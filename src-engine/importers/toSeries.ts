import { ErgoscopeError } from '#shared/errors.ts'
import { shorten } from './shorten.ts'
import type { Table, TableColumn } from './table.ts'

export interface ImportedSeries {
  name: string
  steps: Float64Array
  values: Float64Array
}

const stepColumnName = 'step'

function isNamedStep(column: TableColumn): boolean {
  return column.name.toLowerCase() === stepColumnName
}

/** The table's step column, or null where the row number is the step. */
export function stepColumnOf(table: Table): TableColumn | null {
  return table.columns.find((column) => column.kind === 'numeric' && isNamedStep(column)) ?? null
}

/** Every other numeric column as a series. Rows without a usable step are left out, and said so in `warnings`. */
export function toSeries(table: Table): { series: ImportedSeries[]; warnings: string[] } {
  const stepColumn = stepColumnOf(table)
  const numeric = table.columns.filter((column) => column.kind === 'numeric' && column !== stepColumn)
  if (numeric.length === 0)
    throw new ErgoscopeError(
      'invalid-import',
      `${table.path}: no numeric column besides the step (columns: ${columnList(table)}); cells are separated by comma, semicolon or tab, numbers have a decimal point`,
    )
  const stepOfRow = stepColumn ? stepsByRow(table, stepColumn) : null
  const isShuffled = stepOfRow !== null && areShuffled(stepOfRow.filter((step) => !Number.isNaN(step)))
  const series = numeric.map((column) => {
    const placed = placeColumn(column, stepOfRow)
    return isShuffled ? sortedBySteps(placed) : placed
  })
  const unplaced = numeric.reduce((sum, column, i) => sum + column.values.length - (series[i]?.values.length ?? 0), 0)
  const warnings = unplaced > 0 ? [`${unplaced} values stand in rows without a finite step: left out`] : []
  if (!stepColumn && table.columns.some((column) => isNamedStep(column)))
    warnings.push(`column 'step' holds no numbers: the row number is the step`)
  if (isShuffled)
    warnings.push('the rows are not in the order of their steps, and no step stands twice: sorted by step')
  return { series, warnings: [...warnings, ...repeatWarning(series)] }
}

/** Share of the rows that go back beyond which they are in no order; a run that was continued from an earlier step goes back once in a while. */
const shuffledShare = 0.1

/** Whether every step stands once, in no order: not the attempts of one run one after the other, which come in stretches. */
function areShuffled(steps: Float64Array): boolean {
  const backCount = steps.reduce((count, step, i) => count + (i > 0 && step < (steps[i - 1] ?? step) ? 1 : 0), 0)
  return backCount > shuffledShare * steps.length && new Set(steps).size === steps.length
}

function sortedBySteps({ name, steps, values }: ImportedSeries): ImportedSeries {
  const order = Uint32Array.from(steps, (_, i) => i).sort((a, b) => (steps[a] ?? 0) - (steps[b] ?? 0))
  return {
    name,
    steps: Float64Array.from(order, (i) => steps[i] ?? Number.NaN),
    values: Float64Array.from(order, (i) => values[i] ?? Number.NaN),
  }
}

const listedColumns = 5

function columnList(table: Table): string {
  const names = table.columns.slice(0, listedColumns).map((column) => `'${shorten(column.name)}'`)
  return `${names.join(', ')}${table.columns.length > listedColumns ? ', ...' : ''}`
}

/** `stepOfRow` null: the row number is the step. */
function placeColumn(column: TableColumn, stepOfRow: Float64Array | null): ImportedSeries {
  if (!stepOfRow) return { name: column.name, steps: column.rows, values: column.values }
  const steps = column.rows.map((row) => stepOfRow[row] ?? Number.NaN)
  const isPlaced = (_: number, i: number) => !Number.isNaN(steps[i])
  return { name: column.name, steps: steps.filter(isPlaced), values: column.values.filter(isPlaced) }
}

function stepsByRow(table: Table, column: TableColumn): Float64Array {
  const steps = new Float64Array(table.rowCount).fill(Number.NaN)
  for (const [i, row] of column.rows.entries()) {
    const step = column.values[i] ?? Number.NaN
    if (Number.isFinite(step) && !Number.isSafeInteger(step)) {
      throw new ErgoscopeError(
        'invalid-import',
        `${table.path}: step ${step} in data row ${row + 1} is not a whole number${Number.isInteger(step) ? ' below 2^53' : ''}; rename the column to import it as a metric`,
      )
    }
    steps[row] = Number.isFinite(step) ? step : Number.NaN
  }
  return steps
}

/** Where steps first repeat or go back, and how many points of that series the last attempt leaves out. */
function repeatWarning(series: readonly ImportedSeries[]): string[] {
  for (const { steps } of series) {
    for (let i = 1; i < steps.length; i += 1) {
      const [previous, step] = [steps[i - 1] ?? Number.NaN, steps[i] ?? Number.NaN]
      if (step === previous && isAscending(steps))
        return [
          `step ${step} stands in several rows: all points are kept, of each step the last row is shown and judged (${supersededCount(steps)} of ${steps.length} points are superseded; if several values belong to one step, average them, or give every row a step of its own)`,
        ]
      if (step <= previous) {
        return [
          `step ${step} follows step ${previous}: all points are kept, the last attempt is shown and judged (${supersededCount(steps)} of ${steps.length} points are superseded; sort the rows by step if they are one attempt)`,
        ]
      }
    }
  }
  return []
}

/** Sorted, though steps may repeat. */
function isAscending(steps: Float64Array): boolean {
  return steps.every((step, i) => i === 0 || step >= (steps[i - 1] ?? step))
}

/** Points at or after whose step a later row starts again. */
function supersededCount(steps: Float64Array): number {
  let count = 0
  let next = Number.POSITIVE_INFINITY
  for (let row = steps.length - 1; row >= 0; row -= 1) {
    const step = steps[row] ?? Number.NaN
    if (step < next) next = step
    else count += 1
  }
  return count
}
