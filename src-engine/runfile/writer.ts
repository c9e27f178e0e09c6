import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { ErgoscopeError } from '#shared/errors.ts'
import { makeFolder } from '#engine/files/makeFolder.ts'
import { currentVersion, migrate } from './migrations/migrate.ts'
import type { RunIdentity, RunWriter } from './runFile.ts'
import { runFileApplicationId, runFileName } from './runFileFormat.ts'
import { insertIdentity } from './runRows.ts'
import { SqliteRunWriter } from './sqliteRunWriter.ts'
import { explainReadError, explainWriteError } from '#engine/files/sqliteErrors.ts'
import { acquireWriterLock } from './writerLock.ts'

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Made aside and renamed: no reader ever sees a run file without its identity. */
function makeRunFile(folder: string, identity: RunIdentity): void {
  const file = join(folder, runFileName)
  const aside = join(folder, `.${runFileName}.new`)
  rmSync(aside, { force: true })
  const database = new Database(aside)
  try {
    database.pragma(`application_id = ${runFileApplicationId}`)
    migrate(database)
    database.transaction(() => insertIdentity(database, identity))()
  } finally {
    database.close()
  }
  renameSync(aside, file)
  if (process.platform !== 'win32') syncFolder(folder)
}

function openForWriting(file: string): Database.Database {
  const database = new Database(file, { fileMustExist: true, timeout: 5000 })
  try {
    if (database.pragma('application_id', { simple: true }) !== runFileApplicationId) {
      throw new ErgoscopeError('unreadable-run', `${file} is a SQLite database, but not a run file`)
    }
    const version = Number(database.pragma('user_version', { simple: true }))
    if (version > currentVersion) {
      throw new ErgoscopeError(
        'newer-run-file',
        `${file} has format ${version}, this version writes ${currentVersion}: update Ergoscope to continue the run`,
      )
    }
    database.pragma('journal_mode = WAL')
    database.pragma('synchronous = FULL')
    database.pragma('foreign_keys = ON')
    migrate(database)
    return database
  } catch (cause) {
    database.close()
    throw cause
  }
}

/**
 * Makes the run's folder and file (status `queued`) and returns its writer.
 * Errors: `bad-request` when the folder already holds a run, `read-only`, `disk-full`, `cannot-control` when another process is writing there.
 */
export function createRun(folder: string, identity: RunIdentity): RunWriter {
  makeFolder(folder)
  const lock = acquireWriterLock(folder)
  const file = join(folder, runFileName)
  try {
    if (existsSync(file))
      throw new ErgoscopeError('bad-request', `${folder} already holds a run: choose another folder`)
    makeRunFile(folder, identity)
    return new SqliteRunWriter(folder, openForWriting(file), lock)
  } catch (cause) {
    lock.release()
    throw explainWriteError(cause, file)
  }
}

/**
 * Continues the run in `folder`. Errors: `not-found`, `unreadable-run`, `newer-run-file`, `read-only`, and `cannot-control` when another process is
 * writing it.
 */
export function openRunWriter(folder: string): RunWriter {
  const file = join(folder, runFileName)
  if (!existsSync(file)) throw new ErgoscopeError('not-found', `${folder} holds no run (no ${runFileName})`)
  const lock = acquireWriterLock(folder)
  try {
    return new SqliteRunWriter(folder, openForWriting(file), lock)
  } catch (cause) {
    lock.release()
    const explained = explainWriteError(cause, file)
    throw explained instanceof ErgoscopeError ? explained : explainReadError(cause, file)
  }
}
