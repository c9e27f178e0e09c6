import type { Database } from 'better-sqlite3'
import type { ConfigValue } from '#shared/run.ts'
import type { RunIdentity } from './runFile.ts'

/** The rows that say what a run is: written once, when its file is made. */
export function insertIdentity(database: Database, identity: RunIdentity): void {
  database
    .prepare(
      `INSERT INTO run (id, name, group_name, notes, source, status, status_detail, seed, created_at_ms, host, planned_steps, recipe_yaml)
       VALUES (?, ?, ?, ?, ?, 'queued', '', ?, ?, ?, ?, ?)`,
    )
    .run(
      identity.id,
      identity.name,
      identity.group,
      identity.notes,
      identity.source,
      identity.seed,
      identity.createdAtMs,
      identity.host,
      identity.plannedSteps,
      identity.recipeYaml,
    )
  const tag = database.prepare('INSERT INTO tag (position, tag) VALUES (?, ?)')
  identity.tags.forEach((text, index) => tag.run(index, text))
  const version = database.prepare('INSERT INTO version (program, version) VALUES (?, ?)')
  for (const [program, text] of Object.entries(identity.versions)) version.run(program, text)
}

type ConfigColumns = [type: 'string' | 'number' | 'boolean' | 'null', value: string | number | null]

/** NaN has no value in SQLite, so a number that is NaN is a NULL of type `number`. */
export function configColumns(value: ConfigValue): ConfigColumns {
  if (value === null) return ['null', null]
  if (typeof value === 'boolean') return ['boolean', value ? 1 : 0]
  if (typeof value === 'string') return ['string', value]
  return ['number', Number.isNaN(value) ? null : value]
}

export function configValue(type: string, value: unknown): ConfigValue {
  if (type === 'boolean') return value === 1
  if (type === 'number') return typeof value === 'number' ? value : NaN
  if (type === 'string') return String(value)
  return null
}
