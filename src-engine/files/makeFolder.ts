import { mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { ErgoscopeError } from '#shared/errors.ts'
import { errorCodeOf, explainWriteError } from './sqliteErrors.ts'

/** Makes a folder and those above it, if they are missing. Errors: `not-found` when a file is in the way, `read-only`, `disk-full`. */
export function makeFolder(folder: string): void {
  try {
    makeMissing(folder)
  } catch (cause) {
    const code = errorCodeOf(cause)
    if (code === 'EEXIST' || code === 'ENOTDIR')
      throw new ErgoscopeError('not-found', `${folder} cannot be a folder: a file is in the way`, { cause })
    // The folder above is there: ENOENT is what /proc says, which lets none be made.
    if (code === 'ENOENT' || code === 'EROFS')
      throw new ErgoscopeError('read-only', `cannot make the folder ${folder}: the one above it is read-only`, {
        cause,
      })
    throw explainWriteError(cause, folder)
  }
}

/** Node's own way of making the folders above, too, tries for ever where the kernel refuses with ENOENT, as in /proc. */
function makeMissing(folder: string): void {
  if (isFolder(folder)) return
  const parent = dirname(folder)
  if (parent !== folder) makeMissing(parent)
  try {
    mkdirSync(folder)
  } catch (cause) {
    // Another process may have made it meanwhile.
    if (errorCodeOf(cause) !== 'EEXIST' || !isFolder(folder)) throw cause
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}
