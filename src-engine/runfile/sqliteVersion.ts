import Database from 'better-sqlite3'

/** The version of SQLite that is really loaded, e.g. `3.54.0`. Throws when the native module does not load. */
export function sqliteVersion(): string {
  const database = new Database(':memory:')
  try {
    return String(database.prepare('SELECT sqlite_version()').pluck().get())
  } finally {
    database.close()
  }
}
