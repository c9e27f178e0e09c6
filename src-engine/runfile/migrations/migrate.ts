import type { Database } from 'better-sqlite3'
import { migration0001 } from './0001-initial.ts'
import type { Migration } from './migration.ts'

/** In ascending order; append only. */
export const migrations: readonly Migration[] = [migration0001]

export const currentVersion = migrations.at(-1)?.version ?? 0

/** Brings a run file forward to the newest of `steps`, each in its own transaction, and returns the version reached. */
export function migrate(database: Database, steps: readonly Migration[] = migrations): number {
  let version = Number(database.pragma('user_version', { simple: true }))
  for (const step of steps) {
    if (step.version <= version) continue
    database.transaction(() => {
      database.exec(step.sql)
      database.pragma(`user_version = ${step.version}`)
    })()
    version = step.version
  }
  return version
}
