import type { RunReader } from './runFile.ts'
import { runFileAt } from './runFileAt.ts'
import { SqliteRunReader } from './sqliteRunReader.ts'

/**
 * Opens a run for reading, by its folder or its file. Errors: `not-found`, and `unreadable-run` for anything that is not a sound run file, in one line.
 */
export function openRunReader(folderOrFile: string): RunReader {
  return new SqliteRunReader(runFileAt(folderOrFile))
}
