import { rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { ErgoscopeError } from '#shared/errors.ts'
import { writerLockName } from './runFileFormat.ts'
import { errorCodeOf, explainWriteError } from './sqliteErrors.ts'

export interface WriterLock {
  release(): void
}

function openExclusively(file: string): Database.Database {
  const database = new Database(file, { timeout: 0 })
  try {
    database.exec('BEGIN EXCLUSIVE')
    return database
  } catch (cause) {
    database.close()
    throw cause
  }
}

/**
 * At most one writer per run, also across processes. An exclusive transaction on an empty SQLite file is an operating system lock that a killed process
 * gives back by itself; a file with a process id in it would not.
 */
export function acquireWriterLock(folder: string): WriterLock {
  const file = join(folder, writerLockName)
  for (;;) {
    let database: Database.Database
    try {
      database = openExclusively(file)
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
    // A writer that ends removes the file while it still holds it; a lock on a removed file excludes nobody.
    if (statSync(file, { throwIfNoEntry: false }) !== undefined) {
      return {
        release() {
          rmSync(file, { force: true })
          database.close()
        },
      }
    }
    database.close()
  }
}
