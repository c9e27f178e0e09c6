import type { ImportRequest, ImportResult } from '#engine/importers/importRun.ts'
import type { ReportData } from '#engine/reporting/reportData.ts'
import type { WrittenReport } from '#engine/reporting/writeReport.ts'
import type { VerifyResult } from '#engine/runfile/runFile.ts'
import type { ErrorReport } from '#shared/errors.ts'

/** Work on one whole file, with what it answers. */
export interface FileTasks {
  import: { input: ImportRequest; result: ImportResult }
  report: { input: { data: ReportData; path: string }; result: WrittenReport }
  verify: { input: { runFolder: string }; result: VerifyResult }
}

export type FileTask = { [Kind in keyof FileTasks]: { kind: Kind; input: FileTasks[Kind]['input'] } }[keyof FileTasks]

/** How the task's thread ends; `stack` is null for an expected failure. */
export type FileTaskReport =
  | { isDone: true; result: FileTasks[keyof FileTasks]['result'] }
  | { isDone: false; error: ErrorReport; stack: string | null }
