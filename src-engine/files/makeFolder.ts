import { mkdirSync } from 'node:fs'
import { ErgoscopeError } from '#shared/errors.ts'
import { errorCodeOf, explainWriteError } from './sqliteErrors.ts'

/** Makes a folder and those above it, if they are missing. Errors: `not-found` when a file is in the way, `read-only`, `disk-full`. */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (cause) {
    const code = errorCodeOf(cause)
    if (code === 'EEXIST' || code === 'ENOTDIR')
      throw new ErgoscopeError('not-found', `${folder} cannot be a folder: a file is in the way`, { cause })
    // Node reports ENOENT for the last folder when a read-only file system refuses to make one.
    if (code === 'ENOENT')
      throw new ErgoscopeError('read-only', `cannot make the folder ${folder}: the one above it is read-only`, {
        cause,
      })
    throw explainWriteError(cause, folder)
  }
}
