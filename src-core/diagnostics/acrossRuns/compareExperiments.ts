import { formatNumber } from '../../format/formatNumber.ts'
import { formatPValue } from '../../format/formatPValue.ts'
import { groupPermutationTest } from '../../statistics/groupPermutationTest.ts'
import { holmAdjusted } from '../../statistics/holm.ts'
import type { DiagnosedSeed, GroupComparison, ObservableBetweenGroups, SeedComparison } from './acrossRunsTypes.ts'
import type { AlignedObservable } from './acrossRunsWindow.ts'
import type { Experiment } from './groupSeeds.ts'
import { scalingChecks } from './scalingChecks.ts'

/** Level of the test between experiments, after Holm's correction over the observables. */
const groupLevel = 0.05

/** All runs compared. */
interface ComparedRuns extends Pick<SeedComparison, 'observables' | 'distances'> {
  readonly aligned: readonly AlignedObservable[]
  /** Of the random partitions. */
  readonly seed: number
}

/**
 * Do experiments follow different laws? Per observable of the function (weights, if nothing else was recorded) a permutation test over runs, the exchangeable units:
 * steps of one run are not independent. W1 between runs for scalars, sliced W2 for vectors. Not to reject is never equality: the finding is then `unresolved`.
 *
 * @param distances of all runs, in the order of `seeds`
 */
export function compareExperiments(
  seeds: readonly DiagnosedSeed[],
  experiments: readonly Experiment[],
  { aligned, observables: judged, distances, seed }: ComparedRuns,
): GroupComparison {
  const groups = seeds.map((_, i) => experiments.findIndex(({ members }) => members.includes(i)))
  const tests = aligned.flatMap(({ observable, isDeciding }) => {
    const measured = distances[observable]
    if (!isDeciding || !measured) return []
    const { slicedWasserstein2: sliced, wasserstein1 } = measured
    const distance = sliced ? ('slicedWasserstein2' as const) : ('wasserstein1' as const)
    return [{ observable, distance, test: groupPermutationTest(sliced ?? wasserstein1, groups, seed) }]
  })
  const adjusted = holmAdjusted(tests.map(({ test }) => test.p))
  const shape = tests.map(({ test }) => test).find(({ p }) => Number.isFinite(p))
  const smallestP = shape?.smallestP ?? Number.NaN
  const sizes = experiments.map(({ members }) => members.length).join(' + ')
  return {
    level: groupLevel,
    smallestP,
    partitionCount: shape?.partitionCount ?? 0,
    isComplete: shape?.isComplete ?? false,
    observables: tests.map(({ observable, distance, test }, i): ObservableBetweenGroups => {
      const adjustedP = adjusted[i] ?? Number.NaN
      const finding = adjustedP <= groupLevel ? 'different' : 'unresolved'
      const { p, within, between } = test
      const reason = reasonOf({ observable, p, adjustedP, smallestP, within, between, sizes, count: tests.length })
      return { observable, distance, finding, within, between, p, adjustedP, reason }
    }),
    ...scalingChecks(seeds, experiments, aligned, judged),
  }
}

interface ReasonInput {
  readonly observable: string
  readonly p: number
  readonly adjustedP: number
  readonly smallestP: number
  readonly within: number
  readonly between: number
  readonly sizes: string
  /** Observables that are tested. */
  readonly count: number
}

/** A p, as small as it may be with so few runs, and how far apart the laws are. */
function reasonOf(input: ReasonInput): string {
  const { observable, p, adjustedP, smallestP, within, between, sizes, count } = input
  if (!Number.isFinite(p)) return `${observable}: no two runs of one experiment to compare with`
  const ratio = `${observable}: ${formatNumber(between / within)} times as far apart between experiments as within`
  const correction = count > 1 ? `, ${formatPValue(adjustedP)} after Holm over ${count}` : ''
  const limit =
    smallestP * count > groupLevel ? `; the smallest p of ${sizes} runs is ${formatNumber(smallestP, 2)}` : ''
  return `${ratio}, ${formatPValue(p)}${correction}${limit}`
}
