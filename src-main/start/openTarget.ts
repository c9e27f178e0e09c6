import { statSync } from 'node:fs'
import { basename, extname } from 'node:path'
import type { OpenTarget } from '#shared/contract/bridge.ts'
import { ErgoscopeError } from '#shared/errors.ts'

const tableExtensions: ReadonlySet<string> = new Set(['.csv', '.tsv', '.txt'])
const runFileName = 'run.sqlite'

/** The target that is a workspace or a run's folder; null for the one that is open. */
export function placeOf(workspacePath: string | null): OpenTarget {
  return { workspacePath, route: '', startDemo: false, importPath: null, problem: null }
}

/** The target of a path that was given as an argument: a table is imported, anything else opened; the engine says what is wrong with it. */
export function targetOfArgument(path: string): OpenTarget {
  return isTable(path) ? { ...placeOf(null), importPath: path } : placeOf(path)
}

/** The target of something that was dropped. Throws ErgoscopeError in one line when it is neither a folder nor a table nor a run file. */
export function targetOfDropped(path: string): OpenTarget {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (!stats) throw new ErgoscopeError('not-found', `${path} does not exist any more`)
  if (stats.isDirectory() || basename(path) === runFileName) return placeOf(path)
  if (isTable(path)) return { ...placeOf(null), importPath: path }
  throw new ErgoscopeError(
    'bad-request',
    `${basename(path)} cannot be opened: drop a folder of runs, or a table (.csv, .tsv, .txt) to import`,
  )
}

function isTable(path: string): boolean {
  return (
    tableExtensions.has(extname(path).toLowerCase()) && statSync(path, { throwIfNoEntry: false })?.isFile() === true
  )
}
