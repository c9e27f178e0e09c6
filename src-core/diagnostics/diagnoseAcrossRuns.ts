import { formatNumber } from '../format/formatNumber.ts'
import { acrossRunsVerdict } from './acrossRunsVerdict.ts'
import type { AcrossRunsDiagnosis, DiagnosedSeed, LawFinding, ObservableAcrossRuns } from './acrossRunsTypes.ts'
import { alignObservables, commonWindow } from './acrossRunsWindow.ts'
import { compareLaws, type LawComparison } from './compareLaws.ts'
import { defaultMargins, type DiagnosticMargins } from './margins.ts'

/** R̂ up to here counts as one law whatever its scatter (Vehtari et al. 2021). */
const strictRhat = 1.01
/** R̂ beyond this is no evidence of one law, even where chance explains it (Gelman & Rubin's practice, for few effective samples). */
const lenientRhat = 1.05

/**
 * Do several runs, as seeds of one experiment, follow one law? Per observable that all recorded: rank-normalised split-R̂ and distances between the laws,
 * over the steps in which every run is judged (after the longest transient, to the earliest end), at equal lengths.
 *
 * A law differs when R̂ exceeds both 1.01 and what R̂ of one law exceeds by chance, from the autocorrelation times, in `significance` of the cases, Bonferroni-corrected
 * over the observables. It is one when R̂ is at most 1.05 and every run has the wanted effective samples. In between nothing can be said. The distances inform; they do not decide.
 * Without a stationary law in every run (by its own diagnosis), or with different hyper-parameters, the verdict is `cannot-say`; what can be computed is still given.
 *
 * Pure: the same runs, margins and seed give the same result. R̂ sees location and spread; laws that agree in both but differ in shape pass.
 */
export function diagnoseAcrossRuns(
  seeds: readonly DiagnosedSeed[],
  options: { readonly margins?: Partial<DiagnosticMargins>; readonly seed?: number } = {},
): AcrossRunsDiagnosis {
  const margins = { ...defaultMargins, ...options.margins }
  const window = commonWindow(seeds)
  const aligned = seeds.length > 1 && window.from <= window.to ? alignObservables(seeds, window) : []
  const significance = margins.significance / Math.max(1, aligned.length)
  const compared = aligned.map(({ observable, isDeciding, runs }) => ({
    observable,
    isDeciding,
    comparison: compareLaws(runs, { significance, seed: options.seed ?? 1 }),
  }))
  const observables = compared.map(({ observable, isDeciding, comparison }) =>
    judgeObservable(observable, isDeciding, comparison, margins),
  )
  const distances = Object.fromEntries(compared.map(({ observable, comparison }) => [observable, comparison.distances]))
  return {
    runIds: seeds.map(({ diagnosis }) => diagnosis.id),
    window,
    rhat: Object.fromEntries(compared.map(({ observable, comparison }) => [observable, comparison.rhat])),
    distances,
    observables,
    verdict: acrossRunsVerdict(seeds, { window, observables, distances }),
  }
}

function judgeObservable(
  observable: string,
  isDeciding: boolean,
  comparison: LawComparison,
  { minimumEffectiveSampleSize }: DiagnosticMargins,
): ObservableAcrossRuns {
  const { rhat, rhatScatter, effectiveSampleSize, sampleSize } = comparison
  const finding = findLaw(comparison, minimumEffectiveSampleSize)
  const missing = Number.isNaN(rhat)
    ? 'for nothing varies'
    : effectiveSampleSize < minimumEffectiveSampleSize
      ? `with ${formatNumber(effectiveSampleSize)} effective samples in a run; ${minimumEffectiveSampleSize} are needed`
      : `and chance alone reaches ${formatNumber(rhatScatter, 4)}`
  const reason =
    finding === 'unresolved'
      ? `R̂ of ${observable} is ${formatNumber(rhat, 4)}, ${missing}`
      : `R̂ of ${observable} is ${formatNumber(rhat, 4)}, by chance up to ${formatNumber(rhatScatter, 4)}`
  return { observable, isDeciding, finding, rhat, rhatScatter, effectiveSampleSize, sampleSize, reason }
}

function findLaw({ rhat, rhatScatter, effectiveSampleSize }: LawComparison, wanted: number): LawFinding {
  if (rhat > Math.max(strictRhat, rhatScatter)) return 'different'
  return rhat <= lenientRhat && effectiveSampleSize >= wanted ? 'equal' : 'unresolved'
}
