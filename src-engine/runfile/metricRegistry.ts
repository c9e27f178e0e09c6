import type { Database } from 'better-sqlite3'
import { ErgoscopeError } from '#shared/errors.ts'
import { assertName } from './namedRecord.ts'
import type { MetricDefinition } from './runFile.ts'

interface RegisteredMetric {
  id: number
  definition: MetricDefinition
}

function isSameDefinition(left: MetricDefinition, right: MetricDefinition): boolean {
  return (
    left.kind === right.kind &&
    left.dimension === right.dimension &&
    left.unit === right.unit &&
    left.description === right.description &&
    left.role === right.role
  )
}

/** Metrics of a run by name, with the ids that its rows carry. */
export class MetricRegistry {
  readonly #database: Database
  readonly #byName = new Map<string, RegisteredMetric>()
  #pending: RegisteredMetric[] = []

  constructor(database: Database) {
    this.#database = database
    const rows = database
      .prepare<[], MetricDefinition & { id: number }>(
        'SELECT id, name, kind, dimension, unit, description, role FROM metric',
      )
      .all()
    for (const { id, ...definition } of rows) this.#byName.set(definition.name, { id, definition })
  }

  get hasPending(): boolean {
    return this.#pending.length > 0
  }

  define(definition: MetricDefinition): number {
    const known = this.#byName.get(definition.name)
    if (known) {
      if (isSameDefinition(known.definition, definition)) return known.id
      throw new ErgoscopeError(
        'bad-request',
        `metric "${definition.name}" is already defined otherwise: use another name`,
      )
    }
    assertName(definition.name)
    const metric = { id: this.#byName.size + 1, definition: { ...definition } }
    this.#byName.set(definition.name, metric)
    this.#pending.push(metric)
    return metric.id
  }

  /** Id of a metric of that kind; an unknown one is declared with empty texts. */
  idFor(name: string, kind: 'scalar' | 'vector', dimension: number): number {
    const known = this.#byName.get(name)
    if (!known) return this.define({ name, kind, dimension, unit: '', description: '', role: null })
    if (known.definition.kind !== kind || known.definition.dimension !== dimension) {
      const { kind: definedKind, dimension: definedDimension } = known.definition
      throw new ErgoscopeError(
        'bad-request',
        `metric "${name}" is a ${definedKind} of dimension ${definedDimension}, not a ${kind} of dimension ${dimension}`,
      )
    }
    return known.id
  }

  insert(): void {
    const insert = this.#database.prepare(
      'INSERT INTO metric (id, name, kind, dimension, unit, description, role) VALUES (:id, :name, :kind, :dimension, :unit, :description, :role)',
    )
    for (const { id, definition } of this.#pending) insert.run({ id, ...definition })
  }

  forgetInserted(): void {
    this.#pending = []
  }
}
