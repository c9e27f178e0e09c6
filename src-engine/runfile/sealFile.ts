import type { Database } from 'better-sqlite3'
import { releaseConnections } from './runConnection.ts'
import { sleepSync } from '#engine/files/sleepSync.ts'
import { errorCodeOf } from '#engine/files/sqliteErrors.ts'

const retries = 30
const pauseMs = 100

function isBusy(thrown: unknown): boolean {
  return /^SQLITE_(BUSY|LOCKED)/.test(errorCodeOf(thrown))
}

/**
 * Folds the WAL into the file and goes back to a rollback journal, so that the run is one plain file. Readers of this project let go of a live file within
 * half a second; a foreign program that keeps it open for longer leaves it in WAL mode, which loses nothing: the WAL is folded in all the same.
 */
export function sealFile(database: Database, file: string): boolean {
  for (let attempt = 0; attempt < retries; attempt += 1) {
    try {
      releaseConnections(file)
      database.pragma('wal_checkpoint(TRUNCATE)')
      if (database.pragma('journal_mode = DELETE', { simple: true }) === 'delete') return true
    } catch (thrown) {
      if (!isBusy(thrown)) throw thrown
    }
    sleepSync(pauseMs)
  }
  return false
}
