import { statSync } from 'node:fs'
import { join } from 'node:path'
import { ErgoscopeError } from '#shared/errors.ts'
import { runFileName } from './runFileFormat.ts'
import { explainReadError } from '#engine/files/sqliteErrors.ts'

/** The run file that is meant by its folder or by its own path. Error: `not-found`. */
export function runFileAt(folderOrFile: string): string {
  const stats = lookAt(folderOrFile)
  if (!stats) throw new ErgoscopeError('not-found', `${folderOrFile} does not exist`)
  return stats.isDirectory() ? join(folderOrFile, runFileName) : folderOrFile
}

function lookAt(path: string) {
  try {
    return statSync(path, { throwIfNoEntry: false })
  } catch (cause) {
    throw explainReadError(cause, path)
  }
}
