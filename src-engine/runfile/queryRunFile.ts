import Database from 'better-sqlite3'
import { ErgoscopeError } from '#shared/errors.ts'
import { RunConnection } from './runConnection.ts'
import { runFileAt } from './runFileAt.ts'

export type SqlCell = number | string | null

export interface QueryResult {
  columns: string[]
  rows: SqlCell[][]
}

/** What SQLite gives back: with exact integers. */
type SqlValue = number | bigint | string | Uint8Array | null

/** A blob as SQLite writes it (X'...'), an integer beyond 2^53 as its digits. */
function toCell(value: SqlValue): SqlCell {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
  return value instanceof Uint8Array ? `X'${Buffer.from(value).toString('hex').toUpperCase()}'` : value
}

/**
 * Answers one SELECT on a run's file (or the file of its folder). The connection is read-only, so nothing can be changed. Here views are the user's to ask for: they
 * still run with an untrusted schema. Errors: `bad-request` with what SQLite says about the statement.
 */
export function queryRunFile(folderOrFile: string, statement: string): QueryResult {
  const connection = new RunConnection(runFileAt(folderOrFile))
  try {
    return connection.read((database) => {
      const select = prepareQuery(database, statement)
      return {
        columns: select.columns().map(({ name }) => name),
        rows: select
          .raw()
          .safeIntegers()
          .all()
          .map((cells) => cells.map(toCell)),
      }
    })
  } finally {
    connection.close()
  }
}

function prepareQuery(database: Database.Database, statement: string): Database.Statement<[], SqlValue[]> {
  try {
    const select = database.prepare<[], SqlValue[]>(statement)
    if (select.reader && select.readonly) return select
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new ErgoscopeError('bad-request', `SQL: ${reason}; there are ${tablesOf(database).join(', ')}`, { cause })
  }
  throw new ErgoscopeError('bad-request', 'SQL: only a SELECT is answered, a run file is never changed')
}

/** Names of the tables and views: those that fit a line, whoever wrote the file. */
function tablesOf(database: Database.Database): string[] {
  const names = database.prepare<[], string>(
    "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%' ORDER BY name",
  )
  return names
    .pluck()
    .all()
    .filter((name) => /^\w{1,64}$/.test(name))
    .slice(0, 40)
}
