import { rmSync } from 'node:fs'
import Database from 'better-sqlite3'
import { fileIdentity } from './fileIdentity.ts'
import { sleepSync } from './sleepSync.ts'
import { errorCodeOf } from './sqliteErrors.ts'

export interface FileLock {
  release(): void
}

function lockExclusively(database: Database.Database): void {
  // A journal on disk would be looked for beside a file that another process has just removed.
  database.pragma('journal_mode = MEMORY')
  database.exec('BEGIN EXCLUSIVE')
}

/** The lock on the file that stood at the path before and stands there still; null when somebody made, removed or replaced it meanwhile. */
function lockWhatStands(file: string): Database.Database | null {
  const before = fileIdentity(file)
  const database = new Database(file, { timeout: 0 })
  try {
    if (before !== null) {
      lockExclusively(database)
      if (fileIdentity(file) === before) return database
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

const lookAgainMs = 5

/** Waits for the lock, holding up this thread: for what takes moments. Null when another has it for longer than `patienceMs`. */
export function waitForFileLock(file: string, patienceMs: number): FileLock | null {
  for (const deadline = performance.now() + patienceMs; ; sleepSync(lookAgainMs)) {
    const lock = tryFileLock(file)
    if (lock || performance.now() > deadline) return lock
  }
}
