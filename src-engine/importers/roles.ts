import { scalarRoles, vectorRoles } from '#core/diagnostics/observables/observables.ts'
import { ErgoscopeError } from '#shared/errors.ts'
import type { Table } from './table.ts'

const vector: ReadonlySet<string> = new Set(vectorRoles)
const repeatNumber = /^(?: \(\d+\))?$/
const allRoles: readonly string[] = [...scalarRoles, ...vectorRoles]

type ColumnsByRole = Readonly<Record<string, readonly string[]>>

/** The roles of each column, from role -> columns. Errors: those of `requireRoles`, and `invalid-import` where the table has no such column. */
export function rolesByColumn(table: Table, roles: ColumnsByRole): Map<string, string[]> {
  requireRoles(roles)
  const assigned = new Map<string, string[]>()
  for (const [role, columns] of Object.entries(roles)) {
    for (const name of columns) {
      const column = findColumn(table, role, name)
      assigned.set(column, [...(assigned.get(column) ?? []), role])
    }
  }
  return assigned
}

/**
 * That the roles make sense whatever the table is: a scalar role takes exactly one column, and a column plays one scalar role; it may be a component of vectors as well.
 * @throws ErgoscopeError `bad-request` in one line.
 */
export function requireRoles(roles: ColumnsByRole): void {
  const scalarRoleOf = new Map<string, string>()
  for (const [role, columns] of Object.entries(roles)) {
    requireRole(role, columns)
    const [column = ''] = columns
    const other = vector.has(role) ? undefined : scalarRoleOf.get(column)
    if (other !== undefined)
      throw new ErgoscopeError(
        'bad-request',
        `column '${column}' is given the roles '${other}' and '${role}'; it can mean one of them`,
      )
    if (!vector.has(role)) scalarRoleOf.set(column, role)
  }
}

function requireRole(role: string, columns: readonly string[]): void {
  if (!allRoles.includes(role))
    throw new ErgoscopeError('bad-request', `role '${role}' is not known; roles are ${allRoles.join(', ')}`)
  const repeated = columns.find((column, i) => columns.indexOf(column) !== i)
  if (repeated !== undefined)
    throw new ErgoscopeError('bad-request', `role '${role}': column '${repeated}' is given twice; give it once`)
  if (!vector.has(role) && columns.length > 1)
    throw new ErgoscopeError(
      'bad-request',
      `role '${role}' takes one column, not ${columns.length} (${columns.join(', ')})`,
    )
}

/** Squares and norms: of several columns of one name, one with negative values cannot be meant. */
const nonNegativeRoles = new Set([
  'gradient_norm',
  'stochastic_gradient_norm_squared',
  'first_half_gradient_norm_squared',
  'second_half_gradient_norm_squared',
  'update_norm_squared',
  'weight_norm_squared',
  'buffer_norm_squared',
  'learning_rate',
])

/** The name, as the table has it, of the column that is meant: names that stand twice in a header were numbered by the reader. */
function findColumn(table: Table, role: string, name: string): string {
  const repeats = table.columns.filter(
    (candidate) =>
      candidate.kind === 'numeric' &&
      candidate.name.startsWith(name) &&
      repeatNumber.test(candidate.name.slice(name.length)),
  )
  const possible = nonNegativeRoles.has(role)
    ? repeats.filter((candidate) => candidate.values.every((value) => !(value < 0)))
    : repeats
  const found = possible[0] ?? repeats[0]
  if (found) return found.name
  const column = table.columns.find((candidate) => candidate.name === name)
  const numeric = table.columns.filter((candidate) => candidate.kind === 'numeric').map((candidate) => candidate.name)
  const what = column ? `column '${name}' holds text, or nothing` : `there is no column '${name}'`
  throw new ErgoscopeError('invalid-import', `role '${role}': ${what}; numeric columns are ${numeric.join(', ')}`)
}

const conventionalNames: Readonly<Record<string, string>> = {
  loss: 'loss',
  train_loss: 'loss',
  full_loss: 'loss',
  lr: 'learning_rate',
  eta: 'learning_rate',
  learning_rate: 'learning_rate',
  grad_norm: 'gradient_norm',
  gradient_norm: 'gradient_norm',
  fullgrad_norm: 'gradient_norm',
  sharpness: 'sharpness',
}

/** A role that the column's name suggests, for a form to offer; never applied unasked. */
export function suggestRole(columnName: string): string | null {
  const name = columnName.toLowerCase()
  return Object.hasOwn(conventionalNames, name) ? (conventionalNames[name] ?? null) : null
}
