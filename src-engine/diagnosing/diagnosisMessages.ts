import type { DiagnosticMargins } from '#core/diagnostics/margins.ts'
import type { RunDiagnosis } from '#core/diagnostics/verdictTypes.ts'
import type { ErrorReport } from '#shared/errors.ts'

/** What a thread of the pool is told to do. */
export interface DiagnosisTask {
  runFolder: string
  margins: Partial<DiagnosticMargins>
}

/** What it says while it works, and how it ends. */
export type DiagnosisReport =
  | { kind: 'progress'; share: number }
  | { kind: 'result'; diagnosis: RunDiagnosis }
  | { kind: 'error'; error: ErrorReport; stack: string | null }
