import { rmSync, statSync } from 'node:fs'
import Database from 'better-sqlite3'
import { errorCodeOf } from './sqliteErrors.ts'

export interface FileLock {
  release(): void
}

/** Which file stands at this path now: a file made anew under the same name is another one. Null when there is none. */
function identityOf(file: string): string | null {
  const found = statSync(file, { throwIfNoEntry: false, bigint: true })
  return found ? `${found.dev}:${found.ino}:${found.birthtimeNs}` : null
}

function lockExclusively(database: Database.Database): void {
  // A journal on disk would be looked for beside a file that another process has just removed.
  database.pragma('journal_mode = MEMORY')
  database.exec('BEGIN EXCLUSIVE')
}

/** The lock on the file that stood at the path before and stands there still; null when somebody made, removed or replaced it meanwhile. */
function lockWhatStands(file: string): Database.Database | null {
  const before = identityOf(file)
  const database = new Database(file, { timeout: 0 })
  try {
    if (before !== null) {
      lockExclusively(database)
      if (identityOf(file) === before) return database
    }
  } catch (cause) {
    database.close()
    throw cause
  }
  database.close()
  return null
}

/**
 * A lock that at most one has, also across processes; null while another has it. An exclusive transaction on an empty SQLite file is a lock of the operating system,
 * which a killed process gives back by itself: a file with a process id in it would not, and two who take over that of a dead process at once would both hold it.
 * The file is there only while the lock is held. Throws what SQLite or the file system says where it cannot be made.
 */
export function tryFileLock(file: string): FileLock | null {
  for (;;) {
    let database: Database.Database | null
    try {
      database = lockWhatStands(file)
    } catch (cause) {
      if (errorCodeOf(cause).startsWith('SQLITE_BUSY')) return null
      throw cause
    }
    // Whoever releases it removes the file while it is still locked: a lock on a file that is gone or replaced excludes nobody, and is tried for anew.
    if (database) return heldBy(database, file)
  }
}

function heldBy(database: Database.Database, file: string): FileLock {
  return {
    release() {
      rmSync(file, { force: true })
      database.close()
    },
  }
}
