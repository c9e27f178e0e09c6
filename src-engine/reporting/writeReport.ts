import { explainWriteError } from '#engine/files/sqliteErrors.ts'
import { writeFileAtomically } from '#engine/files/writeFileAtomically.ts'
import { requireFilePlace } from '#engine/workspace/requireFilePlace.ts'
import type { ReportData } from './reportData.ts'
import { reportPage } from './reportPage.ts'

export interface WrittenReport {
  readonly path: string
  readonly bytes: number
}

/**
 * Writes the diagnosis of runs as one HTML file; an existing one is replaced, a failure leaves no half file.
 * Errors: `not-found`, `bad-request`, `disk-full`, `read-only`.
 */
export function writeReport(data: ReportData, path: string): WrittenReport {
  requireFilePlace(path)
  const page = reportPage(data)
  try {
    writeFileAtomically(path, page)
  } catch (cause) {
    throw explainWriteError(cause, path)
  }
  return { path, bytes: Buffer.byteLength(page) }
}
