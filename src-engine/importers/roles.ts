import { scalarRoles, vectorRoles } from '#core/diagnostics/observables.ts'
import { ErgoscopeError } from '#shared/errors.ts'
import type { Table } from './table.ts'

const vector: ReadonlySet<string> = new Set(vectorRoles)
const allRoles: readonly string[] = [...scalarRoles, ...vectorRoles]

/** The roles of each column, from role -> columns. One column may play several roles; a scalar role takes exactly one column. */
export function rolesByColumn(table: Table, roles: Readonly<Record<string, readonly string[]>>): Map<string, string[]> {
  const assigned = new Map<string, string[]>()
  for (const [role, columns] of Object.entries(roles)) {
    if (!allRoles.includes(role)) {
      throw new ErgoscopeError('invalid-import', `role '${role}' is not known; roles are ${allRoles.join(', ')}`)
    }
    if (!vector.has(role) && columns.length > 1) {
      throw new ErgoscopeError('invalid-import', `role '${role}' takes one column, not ${columns.length} (${columns.join(', ')})`)
    }
    for (const name of columns) {
      requireNumericColumn(table, role, name)
      assigned.set(name, [...(assigned.get(name) ?? []), role])
    }
  }
  return assigned
}

function requireNumericColumn(table: Table, role: string, name: string): void {
  const column = table.columns.find((candidate) => candidate.name === name)
  const numeric = table.columns.filter((candidate) => candidate.kind === 'numeric').map((candidate) => candidate.name)
  if (column?.kind === 'numeric') return
  const what = column ? `column '${name}' holds text` : `there is no column '${name}'`
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
  return conventionalNames[columnName.toLowerCase()] ?? null
}
