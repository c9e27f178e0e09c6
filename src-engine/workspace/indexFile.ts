import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { fileIdentity } from '#engine/files/fileIdentity.ts'
import { waitForFileLock } from '#engine/files/fileLock.ts'
import { errorCodeOf } from '#engine/files/sqliteErrors.ts'

/** Raised whenever a table or the content of a row changes its meaning: an index of another version is thrown away. */
export const indexVersion = 3

const schema = `
CREATE TABLE IF NOT EXISTS run (path TEXT PRIMARY KEY, token TEXT NOT NULL, record BLOB NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS diagnosis (
  run_id TEXT NOT NULL, key TEXT NOT NULL, computed_at_ms REAL NOT NULL, verdict BLOB NOT NULL, content BLOB NOT NULL,
  PRIMARY KEY (run_id, key)
) STRICT;
CREATE TABLE IF NOT EXISTS verdict (
  run_id TEXT PRIMARY KEY, method_version INTEGER NOT NULL, point_count REAL NOT NULL, verdict BLOB NOT NULL
) STRICT;
PRAGMA user_version = ${indexVersion};
`

export const indexFileName = 'index.sqlite'

/** Held while the index is opened, so that of several processes one makes it. */
const lockFileName = 'index.lock'
const patienceMs = 2000

function openIndexFile(file: string): Database.Database {
  const database = new Database(file, { timeout: patienceMs })
  try {
    database.pragma('journal_mode = WAL')
    database.pragma('synchronous = NORMAL')
    const version = Number(database.pragma('user_version', { simple: true }))
    if (version !== 0 && version !== indexVersion) throw new Error(`index of version ${version}`)
    if (version === 0) database.exec(schema)
    return database
  } catch (cause) {
    database.close()
    throw cause
  }
}

function removeIndexFile(file: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true })
}

/** To be called with the lock held. */
function openOrMake(file: string, damaged: string | null): Database.Database {
  if (damaged !== null && fileIdentity(file) === damaged) removeIndexFile(file)
  try {
    return openIndexFile(file)
  } catch (cause) {
    if (errorCodeOf(cause).startsWith('SQLITE_BUSY') || !existsSync(file)) throw cause
    removeIndexFile(file)
    return openIndexFile(file)
  }
}

function openLocked(folder: string, damaged: string | null): Database.Database | null {
  // Not what is above it: the workspace itself may be away for a while.
  if (!existsSync(folder)) mkdirSync(folder)
  const lock = waitForFileLock(join(folder, lockFileName), patienceMs)
  if (!lock) return null
  try {
    return openOrMake(join(folder, indexFileName), damaged)
  } finally {
    lock.release()
  }
}

/**
 * Opens the index in a workspace's own folder. One that is corrupt, of another version or the `damaged` one is made anew; one that cannot be written lives in memory.
 */
export function openIndex(folder: string, isReadOnly: boolean, damaged: string | null = null): Database.Database {
  if (!isReadOnly) {
    try {
      const database = openLocked(folder, damaged)
      if (database) return database
    } catch {
      // Everything in it can be computed again: a failure to keep it is none of the workspace.
    }
  }
  return new Database(':memory:').exec(schema)
}
