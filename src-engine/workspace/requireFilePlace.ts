import { statSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { runFileName } from '#engine/runfile/runFileFormat.ts'
import { ErgoscopeError } from '#shared/errors.ts'

/**
 * That a file can be written there, before the work for it is done. `subject` begins the message, e.g. `--output FILE`.
 * Errors: `not-found` for a folder that is not there, or one where a file is meant; `bad-request` for no name, and for the place of a run file.
 */
export function requireFilePlace(path: string, subject = path): void {
  const folder = dirname(resolve(path))
  if (path === '') throw new ErgoscopeError('bad-request', `${subject}: the name of a file is needed`)
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new ErgoscopeError('not-found', `${subject}: there is no folder ${folder}; make it, or choose another`)
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory())
    throw new ErgoscopeError('not-found', `${subject}: it is a folder; the name of a file is needed`)
  if (basename(path) === runFileName)
    throw new ErgoscopeError('bad-request', `${subject}: it is the place of a run file; give another name`)
}
