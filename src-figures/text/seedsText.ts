import type {
  AcrossRunsDiagnosis,
  AcrossRunsVerdictId,
  ObservableAcrossRuns,
} from '#core/diagnostics/acrossRunsTypes.ts'
import type { CheckState } from '#core/diagnostics/diagnosticResult.ts'
import { formatFixed } from '#core/format/formatNumber.ts'

const states: Record<AcrossRunsVerdictId, CheckState> = {
  'one-law-across-seeds': 'pass',
  'weight-laws-differ': 'pass',
  'per-seed-laws-differ': 'warn',
  untested: 'unknown',
  'several-experiments': 'unknown',
  'cannot-say': 'unknown',
}

/** What the link "Seeds agree" says. */
export interface SeedsText {
  readonly state: CheckState
  readonly estimate: string
  readonly limit: string
  readonly note: string
}

/** The observable that decides: of those that could overturn "one law", the one with the largest R̂. */
function decisive(observables: readonly ObservableAcrossRuns[]): ObservableAcrossRuns | undefined {
  return observables
    .filter(({ isDeciding, rhat }) => isDeciding && Number.isFinite(rhat))
    .toSorted((a, b) => b.rhat - a.rhat)[0]
}

export function seedsText({ observables, verdict }: Pick<AcrossRunsDiagnosis, 'observables' | 'verdict'>): SeedsText {
  const largest = decisive(observables)
  return {
    state: states[verdict.id],
    estimate: largest ? `R̂ = ${formatFixed(largest.rhat, 2)}` : 'cannot say',
    limit: largest ? `chance up to ${formatFixed(largest.rhatScatter, 2)}` : verdict.detail,
    note: `${verdict.summary} ${verdict.detail}`,
  }
}
