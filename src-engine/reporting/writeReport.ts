import { statSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { runFileName } from '#engine/runfile/runFileFormat.ts'
import { explainWriteError } from '#engine/runfile/sqliteErrors.ts'
import { writeFileAtomically } from '#engine/settings/writeFileAtomically.ts'
import type { Workspace } from '#engine/workspace/workspace.ts'
import { ErgoscopeError } from '#shared/errors.ts'
import { gatherReport, type ReportInput } from './gatherReport.ts'
import { reportPage } from './reportPage.ts'

export interface WrittenReport {
  readonly path: string
  readonly bytes: number
}

/** Before anything is computed: a folder that is not there, one where a file is meant, or the place of a run file. */
export function requireReportPlace(path: string): void {
  const file = resolve(path)
  const folder = dirname(file)
  if (path === '') throw new ErgoscopeError('bad-request', 'The report needs the name of a file')
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new ErgoscopeError('not-found', `${path}: there is no folder ${folder}; make it, or choose another`)
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory())
    throw new ErgoscopeError('bad-request', `${path} is a folder; the name of a file is needed`)
  if (basename(file) === runFileName)
    throw new ErgoscopeError('bad-request', `${path} is the place of a run file: give the report another name`)
}

/**
 * Writes the diagnosis of runs as one HTML file; an existing one is replaced, a failure leaves no half file.
 * Errors: `not-found`, `bad-request`, `disk-full`, `read-only`.
 */
export async function writeReport(workspace: Workspace, input: ReportInput, path: string): Promise<WrittenReport> {
  requireReportPlace(path)
  const page = reportPage(await gatherReport(workspace, input, Date.now()))
  try {
    writeFileAtomically(path, page)
  } catch (cause) {
    throw explainWriteError(cause, path)
  }
  return { path, bytes: Buffer.byteLength(page) }
}
