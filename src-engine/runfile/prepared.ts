import type { Database, Statement } from 'better-sqlite3'

const statements = new WeakMap<Database, Map<string, Statement>>()

/** A statement compiled once per connection: a reader asks the same few questions for each of many metrics. */
export function prepared<Bound extends unknown[], Row>(database: Database, sql: string): Statement<Bound, Row> {
  let ofDatabase = statements.get(database)
  if (!ofDatabase) statements.set(database, (ofDatabase = new Map<string, Statement>()))
  let statement = ofDatabase.get(sql)
  if (!statement) ofDatabase.set(sql, (statement = database.prepare(sql)))
  // The caller's SQL says what is bound and what comes back, as with `prepare` itself.
  return statement as Statement<Bound, Row>
}
