import type { LawDistances } from './compareLaws.ts'
import type { RunObservables } from './observables.ts'
import type { RunDiagnosis } from './verdictTypes.ts'

/** Findings about several runs as seeds of one experiment. */
export const acrossRunsVerdictIds = [
  /** Loss, gradient and every other observable of the function (weights, if nothing else was recorded) follow one law in all runs. */
  'one-law-across-seeds',
  /** ... those do, but the weights themselves do not: other basins, or the same function with permuted units. */
  'weight-laws-differ',
  /** An observable of the function has another law in another run. */
  'per-seed-laws-differ',
  /** There is one run only. */
  'untested',
  'cannot-say',
] as const

export type AcrossRunsVerdictId = (typeof acrossRunsVerdictIds)[number]

/** `equal`: R̂ is small and would show a difference; `different`: R̂ is beyond its scatter; `unresolved`: the runs are too short to tell. */
export type LawFinding = 'equal' | 'different' | 'unresolved'

/** One observable compared between all runs. */
export interface ObservableAcrossRuns {
  /** Role, or the name of a series without one. */
  readonly observable: string
  /** Whether a difference overturns "one law": true for observables of the function, and for weights when nothing else was recorded. */
  readonly isDeciding: boolean
  readonly finding: LawFinding
  readonly rhat: number
  /** R̂ up to here is chance at these lengths. */
  readonly rhatScatter: number
  /** Of the run with the fewest. */
  readonly effectiveSampleSize: number
  /** Points per run. */
  readonly sampleSize: number
  readonly reason: string
}

/** The diagnosis of several runs as seeds of one experiment. Numbers that could not be computed are NaN. */
export interface AcrossRunsDiagnosis {
  /** Ids of the runs: rows and columns of the distances. */
  readonly runIds: readonly string[]
  /** The steps that all runs are judged in, both ends included; NaN without a common window. */
  readonly window: { readonly from: number; readonly to: number }
  /** Rank-normalised split-R̂ by observable. */
  readonly rhat: Readonly<Record<string, number>>
  readonly distances: Readonly<Record<string, LawDistances>>
  readonly observables: readonly ObservableAcrossRuns[]
  readonly verdict: { readonly id: AcrossRunsVerdictId; readonly summary: string; readonly detail: string }
}

/** One of the runs: what it recorded, and its own diagnosis with the same margins. */
export interface DiagnosedSeed {
  readonly observables: RunObservables
  readonly diagnosis: RunDiagnosis
}
