import type { CheckState, DiagnosticId, DiagnosticResult } from '../results/diagnosticResult.ts'
import type { Hyperparameters } from '../observables/observables.ts'

/** The findings, in the order of the lattice: the first that applies is the verdict. */
export const verdictIds = [
  'diverged',
  'no-variation',
  'not-enough-samples',
  'several-segments',
  'still-descending',
  'drifting',
  'stationary-point',
  'limit-cycle',
  'invariant-measure',
] as const

export type VerdictId = (typeof verdictIds)[number]

/** One link of the chain of evidence: a diagnostic, named as a claim ("Loss stable"), and whether the claim holds. */
export interface EvidenceLink {
  readonly diagnosticId: DiagnosticId
  readonly claim: string
  readonly state: CheckState
  readonly note: string
  readonly isWeakest: boolean
}

/** The finding about one segment or one run. */
export interface Verdict {
  readonly id: VerdictId
  /** One sentence without numbers. */
  readonly summary: string
  /** At most two lines with the numbers. */
  readonly detail: string
  readonly weakestLink: DiagnosticId
  readonly evidence: readonly EvidenceLink[]
}

/** The diagnosis of one stretch of a run. */
export interface SegmentDiagnosis {
  readonly from: number
  readonly to: number
  readonly hyperparameters: Hyperparameters
  /** False where the learning rate changes all the time: nothing there can be stationary. */
  readonly isConstant: boolean
  /** First step that is judged; the steps before it are the transient. */
  readonly transientEnd: number
  readonly verdict: Verdict
  readonly diagnostics: readonly DiagnosticResult[]
}

/** The diagnosis of a run. `diagnostics` are those of the last judged segment. */
export interface RunDiagnosis {
  readonly id: string
  readonly name: string
  readonly verdict: Verdict
  readonly segments: readonly SegmentDiagnosis[]
  readonly diagnostics: readonly DiagnosticResult[]
}
