import type { AcrossRunsDiagnosis, Settings } from '#core/diagnostics/acrossRuns/acrossRunsTypes.ts'
import type { DiagnosticMargins } from '#core/diagnostics/results/margins.ts'
import type { RunDiagnosis } from '#core/diagnostics/verdict/verdictTypes.ts'
import type { ErrorReport } from '#shared/errors.ts'

/** Diagnose one run. */
export interface DiagnosisTask {
  runFolder: string
  margins: Partial<DiagnosticMargins>
}

/** Compare runs that were diagnosed before; `settings` is the configuration of each, `seed` null where it is not known. */
export interface ComparisonTask {
  seeds: readonly { runFolder: string; diagnosis: RunDiagnosis; settings: Settings; seed: number | null }[]
  margins: Partial<DiagnosticMargins>
}

/** What a thread of the pool says while it works, and how it ends. A diagnosis answers a diagnosis task, a comparison a comparison task. */
export type DiagnosisReport =
  | { kind: 'progress'; share: number }
  | { kind: 'result'; result: RunDiagnosis | AcrossRunsDiagnosis }
  | { kind: 'error'; error: ErrorReport; stack: string | null }
