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

/** A diagnosis, and of how many points: a run may have more by the time that it is ready. */
export interface DiagnosedPoints {
  diagnosis: RunDiagnosis
  pointCount: number
}

/** What a thread of the pool says while it works, and how it ends. A diagnosis answers a diagnosis task, a comparison a comparison task. */
export type DiagnosisReport =
  | { kind: 'progress'; share: number }
  | { kind: 'result'; result: DiagnosedPoints | AcrossRunsDiagnosis }
  | { kind: 'error'; error: ErrorReport; stack: string | null }
