import type { AcrossRunsDiagnosis, DiagnosedSeed, SeedComparison, SeedGroup } from './acrossRunsTypes.ts'
import { acrossRunsVerdict, severalExperimentsVerdict } from './acrossRunsVerdict.ts'
import { alignObservables, commonWindow, type AlignedObservable } from './acrossRunsWindow.ts'
import { compareExperiments } from './compareExperiments.ts'
import { compareLaws } from './compareLaws.ts'
import { groupSeeds, type Experiment } from './groupSeeds.ts'
import { judgeObservable } from './judgeObservable.ts'
import { defaultMargins, type DiagnosticMargins } from '../results/margins.ts'
import { runMap } from './runMap.ts'

/**
 * Do several runs follow one law? Runs with the same configuration but for the seed are one experiment; its seeds are compared. Per observable that all recorded:
 * rank-normalised split-R̂ and distances between the laws, over the steps in which every run is judged (after the longest transient, to the earliest end), at equal lengths.
 *
 * Nothing is found without the wanted effective samples in every run. A law differs when R̂ exceeds what R̂ of one law exceeds by chance, from the autocorrelation
 * times, in `significance` of the cases, Bonferroni-corrected over the observables, and also 1.01 or, by the pairing of half runs, p ≤ 0.01. It is one when R̂ is at most `rhatLimit`
 * and no larger than chance gives, and there are `minimumChainCount` runs (Vehtari et al. 2021 ask for four chains and 50 effective samples in each). In between nothing can be said.
 * Without a stationary law in every run (by its own diagnosis) the verdict is `cannot-say`; what can be computed is still given.
 *
 * Runs of several experiments have the verdict `several-experiments`: each experiment has its own in `groups`, `betweenGroups` compares them, and R̂ and distances are over
 * all runs. `map` shows the runs in the plane.
 *
 * Pure: the same runs, margins and seed give the same result. R̂ sees location and spread; laws that agree in both but differ in shape pass.
 *
 * @param seeds at least one
 */
export function diagnoseAcrossRuns(
  seeds: readonly DiagnosedSeed[],
  options: { readonly margins?: Partial<DiagnosticMargins>; readonly seed?: number } = {},
): AcrossRunsDiagnosis {
  const margins = { ...defaultMargins, ...options.margins }
  const seed = options.seed ?? 1
  const experiments = groupSeeds(seeds)
  const { aligned, ...all } = compareSeeds(seeds, margins, seed)
  const map = runMap(all)
  if (experiments.length < 2) return { ...all, groups: [groupOf(all, experiments[0])], betweenGroups: null, map }
  const groups = experiments.map((experiment) => {
    const own = experiment.members.flatMap((i) => seeds[i] ?? [])
    return groupOf(compareSeeds(own, margins, seed), experiment)
  })
  const betweenGroups = compareExperiments(seeds, experiments, { aligned, ...all, seed })
  return { ...all, groups, betweenGroups, map, verdict: severalExperimentsVerdict(groups, betweenGroups) }
}

function groupOf(
  { runIds, window, rhat, observables, verdict }: SeedComparison,
  experiment: Experiment | undefined,
): SeedGroup {
  return {
    label: experiment?.label ?? '',
    settings: experiment?.settings ?? {},
    runIds,
    window,
    rhat,
    observables,
    verdict,
  }
}

function compareSeeds(
  seeds: readonly DiagnosedSeed[],
  margins: DiagnosticMargins,
  seed: number,
): SeedComparison & { readonly aligned: readonly AlignedObservable[] } {
  const window = commonWindow(seeds)
  const aligned = seeds.length > 1 && window.from <= window.to ? alignObservables(seeds, window) : []
  const significance = margins.significance / Math.max(1, aligned.length)
  const compared = aligned.map(({ observable, isDeciding, runs }) => ({
    observable,
    isDeciding,
    comparison: compareLaws(runs, {
      significance,
      minimumEffectiveSampleSize: margins.minimumEffectiveSampleSize,
      seed,
    }),
  }))
  const observables = compared.map(({ observable, isDeciding, comparison }) =>
    judgeObservable(observable, isDeciding, { comparison, runCount: seeds.length, margins }),
  )
  const distances = Object.fromEntries(compared.map(({ observable, comparison }) => [observable, comparison.distances]))
  return {
    runIds: seeds.map(({ diagnosis }) => diagnosis.id),
    window,
    rhat: Object.fromEntries(compared.map(({ observable, comparison }) => [observable, comparison.rhat])),
    distances,
    observables,
    verdict: acrossRunsVerdict(seeds, { window, observables, distances }),
    aligned,
  }
}
