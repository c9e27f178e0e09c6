import type { LawDistances } from './lawDistances.ts'
import type { RunObservables } from '../observables/observables.ts'
import type { RunDiagnosis } from '../verdict/verdictTypes.ts'

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
  /** The runs are not seeds of one experiment: each experiment has a verdict of its own in `groups`, and `betweenGroups` compares them. */
  'several-experiments',
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

/** A value of a flattened configuration. */
export type SettingValue = string | number | boolean | null
export type Settings = Readonly<Record<string, SettingValue>>

export interface AcrossRunsVerdict {
  readonly id: AcrossRunsVerdictId
  /** One sentence without numbers. */
  readonly summary: string
  readonly detail: string
}

/** The seeds of one experiment compared with each other. Numbers that could not be computed are NaN. */
export interface SeedComparison {
  /** Ids of the runs: rows and columns of the distances. */
  readonly runIds: readonly string[]
  /** The steps that all runs are judged in, both ends included; NaN without a common window. */
  readonly window: { readonly from: number; readonly to: number }
  /** Rank-normalised split-R̂ by observable. */
  readonly rhat: Readonly<Record<string, number>>
  readonly distances: Readonly<Record<string, LawDistances>>
  readonly observables: readonly ObservableAcrossRuns[]
  readonly verdict: AcrossRunsVerdict
}

/** One experiment among those that were given: its settings, and its own seeds compared. */
export type SeedGroup = Omit<SeedComparison, 'distances'> & {
  /** What tells it from the other experiments, in words, `learning rate 0.1`; empty when there is one only. */
  readonly label: string
  readonly settings: Settings
}

/** One observable compared between experiments, runs being the exchangeable units. */
export interface ObservableBetweenGroups {
  readonly observable: string
  /** The distance that the test is made on. */
  readonly distance: 'wasserstein1' | 'slicedWasserstein2'
  /** `different`: adjusted p at most the level; `unresolved` otherwise: no difference seen is not equality. */
  readonly finding: 'different' | 'unresolved'
  /** Mean distance between two runs of one experiment, and of two. */
  readonly within: number
  readonly between: number
  /** Share of the partitions of the runs that are as distinct as the true one; NaN when nothing can be permuted. */
  readonly p: number
  /** Holm's correction over the observables. */
  readonly adjustedP: number
  readonly reason: string
}

/** A scaling law in the learning rate and batch size, between two experiments. */
export interface ScalingCheck {
  readonly quantity: 'weight-covariance-trace' | 'gradient-norm-squared' | 'loss-gap'
  /** Labels of the experiments: the one that is divided by, and the other. */
  readonly from: string
  readonly to: string
  /** Measured ratio with its 95 % interval, and the ratio that the scaling predicts to first order in the learning rate. */
  readonly ratio: number
  readonly low: number
  readonly high: number
  readonly predicted: number
  readonly finding: 'agrees' | 'differs' | 'unresolved'
  readonly reason: string
}

export interface GroupComparison {
  readonly level: number
  /** The smallest p that so many runs can give; 0.1 for 3 + 3. NaN when nothing can be permuted. */
  readonly smallestP: number
  readonly partitionCount: number
  /** Whether all partitions were visited. */
  readonly isComplete: boolean
  readonly observables: readonly ObservableBetweenGroups[]
  readonly scaling: readonly ScalingCheck[]
  /** Scaling laws that could not be checked, and why. */
  readonly notChecked: readonly string[]
}

/** A run on the map, in units of the distance; its halves are points of their own. */
export interface MappedRun {
  readonly runId: string
  readonly x: number
  readonly y: number
  readonly halves: readonly { readonly x: number; readonly y: number }[]
}

/** The runs in the plane: classical scaling of the distances between half runs. */
export interface RunMap {
  readonly observable: string
  readonly distance: 'wasserstein1' | 'slicedWasserstein2'
  readonly runs: readonly MappedRun[]
  /** Share of the distances that the plane holds, in [0, 1]; and Kruskal's stress-1. */
  readonly explainedShare: number
  readonly stress: number
}

/**
 * The diagnosis of several runs. Runs of one configuration but for the seed are one experiment. With one experiment the comparison is that of its seeds; with several,
 * R̂ and distances are over all runs, the verdict is `several-experiments`, and each experiment has its own in `groups`.
 */
export interface AcrossRunsDiagnosis extends SeedComparison {
  readonly groups: readonly SeedGroup[]
  /** Null with one experiment. */
  readonly betweenGroups: GroupComparison | null
  /** Null without an observable that all runs recorded. */
  readonly map: RunMap | null
}

/** One of the runs: what it recorded, its own diagnosis with the same margins, its flattened configuration, and its seed. */
export interface DiagnosedSeed {
  readonly observables: RunObservables
  readonly diagnosis: RunDiagnosis
  readonly settings?: Settings
  /** Null or missing where it is not known. */
  readonly seed?: number | null
}
