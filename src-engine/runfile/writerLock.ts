import { join } from 'node:path'
import { ErgoscopeError } from '#shared/errors.ts'
import { tryFileLock, type FileLock } from '#engine/files/fileLock.ts'
import { writerLockName } from './runFileFormat.ts'
import { explainWriteError } from '#engine/files/sqliteErrors.ts'

/** At most one writer per run, also across processes. */
export function acquireWriterLock(folder: string): FileLock {
  const lock = lockIn(folder)
  if (lock) return lock
  throw new ErgoscopeError('cannot-control', `the run in ${folder} is being written by another process: stop it first`)
}

function lockIn(folder: string): FileLock | null {
  const file = join(folder, writerLockName)
  try {
    return tryFileLock(file)
  } catch (cause) {
    throw explainWriteError(cause, file)
  }
}
