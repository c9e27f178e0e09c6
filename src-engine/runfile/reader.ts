import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { RunReader } from './runFile.ts'
import { runFileName } from './runFileFormat.ts'
import { SqliteRunReader } from './sqliteRunReader.ts'

/**
 * Opens a run for reading, by its folder or its file. Errors: `not-found`, and `unreadable-run` for anything that is not a sound run file, in one line.
 */
export function openRunReader(folderOrFile: string): RunReader {
  const isFolder = statSync(folderOrFile, { throwIfNoEntry: false })?.isDirectory() ?? false
  return new SqliteRunReader(isFolder ? join(folderOrFile, runFileName) : folderOrFile)
}
