import { rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { ErgoscopeError } from '#shared/errors.ts'
import { writerLockName } from './runFileFormat.ts'
import { errorCodeOf, explainWriteError } from './sqliteErrors.ts'

export interface WriterLock {
  release(): void
}

/** Which file stands at this path now: a file made anew under the same name is another one. Null when there is none. */
function identityOf(file: string): string | null {
  const found = statSync(file, { throwIfNoEntry: false, bigint: true })
  return found ? `${found.dev}:${found.ino}:${found.birthtimeNs}` : null
}

function lockExclusively(database: Database.Database): void {
  // A journal on disk would be looked for beside a file that another writer has just removed.
  database.pragma('journal_mode = MEMORY')
  database.exec('BEGIN EXCLUSIVE')
}

/** The lock on the file that stood at the path before and stands there still; null when somebody made, removed or replaced it meanwhile. */
function tryToLock(file: string): Database.Database | null {
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
 * At most one writer per run, also across processes. An exclusive transaction on an empty SQLite file is an operating system lock that a killed process
 * gives back by itself; a file with a process id in it would not.
 */
export function acquireWriterLock(folder: string): WriterLock {
  const file = join(folder, writerLockName)
  for (;;) {
    let database: Database.Database | null
    try {
      database = tryToLock(file)
    } catch (cause) {
      if (errorCodeOf(cause).startsWith('SQLITE_BUSY')) {
        throw new ErgoscopeError(
          'cannot-control',
          `the run in ${folder} is being written by another process: stop it first`,
          { cause },
        )
      }
      throw explainWriteError(cause, file)
    }
    // A writer that ends removes the file while it still holds it: a lock on a file that is gone or replaced excludes nobody, and is tried for anew.
    if (database) return heldBy(database, file)
  }
}

function heldBy(database: Database.Database, file: string): WriterLock {
  return {
    release() {
      rmSync(file, { force: true })
      database.close()
    },
  }
}
