import { existsSync, statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { ErgoscopeError } from '#shared/errors.ts'

const almostNothingBytes = 1024 * 1024

function hasNoSpace(file: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(dirname(file))
    return bavail * bsize < almostNothingBytes
  } catch {
    return false // the folder is gone: not a matter of space
  }
}

function isDiskFull(code: string, file: string): boolean {
  return (
    code === 'SQLITE_FULL' ||
    code === 'ENOSPC' ||
    code === 'EDQUOT' ||
    (code.startsWith('SQLITE_IOERR') && hasNoSpace(file))
  )
}

/** The SQLite or system error code of anything thrown; empty when it has none. */
export function errorCodeOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : ''
}

function diskFull(cause: unknown, file: string): ErgoscopeError {
  return new ErgoscopeError(
    'disk-full',
    `no space left for ${file}: free some, then continue; what was committed is safe`,
    { cause },
  )
}

/** better-sqlite3 looks for the folder itself, and says so without a code. */
function isFolderMissing(thrown: unknown): boolean {
  return thrown instanceof TypeError && thrown.message.includes('the directory does not exist')
}

function missing(cause: unknown, file: string): ErgoscopeError {
  return new ErgoscopeError('not-found', `${file} does not exist`, { cause })
}

/** What a failed write means for the user. Expected failures come back as ErgoscopeError, anything else as it is. */
export function explainWriteError(thrown: unknown, file: string): unknown {
  const code = errorCodeOf(thrown)
  if (code === 'ENOENT' || isFolderMissing(thrown)) return missing(thrown, dirname(file))
  if (isDiskFull(code, file)) return diskFull(thrown, file)
  if (
    code.startsWith('SQLITE_READONLY') ||
    code === 'EACCES' ||
    code === 'EROFS' ||
    code === 'EPERM' ||
    code === 'SQLITE_CANTOPEN'
  ) {
    return new ErgoscopeError('read-only', `cannot write ${file}: the folder is read-only or not yours`, {
      cause: thrown,
    })
  }
  if (code.startsWith('SQLITE_BUSY')) {
    return new ErgoscopeError('read-only', `cannot write ${file}: another program holds it locked`, { cause: thrown })
  }
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return explainReadError(thrown, file)
  return thrown
}

/** What a failed read means for the user: but for a full disk, every SQLite error says that this file cannot be read as a run. */
export function explainReadError(thrown: unknown, file: string): unknown {
  if (thrown instanceof ErgoscopeError) return thrown
  const code = errorCodeOf(thrown)
  if (code === 'ENOENT' || isFolderMissing(thrown) || (code === 'SQLITE_CANTOPEN' && !existsSync(file)))
    return missing(thrown, file)
  if (isDiskFull(code, file)) return diskFull(thrown, file)
  if (code === 'SQLITE_NOTADB')
    return new ErgoscopeError('unreadable-run', `${file} is not a run file (not a SQLite database)`, { cause: thrown })
  if (thrown instanceof Database.SqliteError || code !== '') {
    const reason = thrown instanceof Error ? thrown.message : String(thrown)
    return new ErgoscopeError('unreadable-run', `${file} cannot be read as a run: ${reason}`, { cause: thrown })
  }
  return thrown
}
