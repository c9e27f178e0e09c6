import { inWords } from '#core/format/inWords.ts'
import type {
  AcrossRunsVerdict,
  AcrossRunsVerdictId,
  ObservableAcrossRuns,
  SeedComparison,
} from '#core/diagnostics/acrossRuns/acrossRunsTypes.ts'
import type { CheckState } from '#core/diagnostics/results/diagnosticResult.ts'
import { defaultMargins } from '#core/diagnostics/results/margins.ts'
import { csvText } from '../charts/chartTable.ts'
import { formatExact } from '#core/format/formatExact.ts'
import { formatFixed } from '#core/format/formatNumber.ts'
import { acrossRunsVerdictNames } from '#core/format/verdictNames.ts'

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
  /** The R̂ that decides, and the limit it is compared with; NaN without one. */
  readonly rhat: number
  readonly rhatLimit: number
  /** Whether it is what supports an invariant measure least: every other link holds, and the seeds differ. */
  readonly isWeakest: boolean
}

/** The observable that decides: of those that could overturn "one law", one that differs, else the one with the largest R̂. */
export function decisive(observables: readonly ObservableAcrossRuns[]): ObservableAcrossRuns | undefined {
  return observables
    .filter(({ isDeciding, rhat }) => isDeciding && Number.isFinite(rhat))
    .toSorted((a, b) => Number(b.finding === 'different') - Number(a.finding === 'different') || b.rhat - a.rhat)[0]
}

/** Limit and chance lie close to one: there the third decimal tells. */
function rhatDigits(rhat: number): string {
  return formatFixed(rhat, rhat < 1.1 ? 3 : 2)
}

export function seedsText(
  { observables, verdict }: Pick<SeedComparison, 'observables' | 'verdict'>,
  rhatLimit: number = defaultMargins.rhatLimit,
): SeedsText {
  const largest = decisive(observables)
  return {
    state: states[verdict.id],
    estimate: largest ? `R̂ = ${rhatDigits(largest.rhat)}` : verdict.id === 'untested' ? 'untested' : 'cannot say',
    limit: largest
      ? largest.finding === 'different'
        ? `by chance up to ${rhatDigits(largest.rhatScatter)}`
        : `limit ${formatExact(rhatLimit)}, chance ${rhatDigits(largest.rhatScatter)}`
      : verdict.id === 'untested'
        ? 'one seed'
        : verdict.detail,
    note: `${verdict.summary} ${inWords(verdict.detail)}`,
    rhat: largest?.rhat ?? Number.NaN,
    rhatLimit,
    isWeakest: verdict.id === 'per-seed-laws-differ',
  }
}

/**
 * The second half of the verdict, beside its chip: `one law across seeds`, `untested (one seed)`. What the other runs of the selection are is said as well:
 * seeds that are not diagnosed yet (or whose diagnosis failed), and other experiments, which are no seeds of this one.
 */
export function acrossHeading(
  { id }: Pick<AcrossRunsVerdict, 'id'>,
  { missingSeeds, experiments }: { missingSeeds: number; experiments: number },
): string {
  const missing = missingSeeds > 0 ? `${missingSeeds} more not diagnosed` : ''
  if (id === 'untested' && missing !== '') return `across seeds: ${missing}`
  if (id === 'untested' && experiments > 1) return 'untested (one seed of this experiment)'
  const said = id === 'cannot-say' ? 'across seeds: cannot say' : acrossRunsVerdictNames[id].toLowerCase()
  return missing === '' ? said : `${said}; ${missing}`
}

/** Why nothing can be said of the seeds, for the list of what cannot be said: as in the other lines, the reason alone. */
export function unsaidText({ verdict: { id, summary, detail } }: Pick<SeedComparison, 'verdict'>): string {
  const text = id === 'cannot-say' ? detail.replace(/^Cannot say because /, '') : `${summary} ${detail}`
  return inWords(text)
}

/** R̂ of every observable as CSV. */
export function seedsTable({ observables }: Pick<SeedComparison, 'observables'>): string {
  return csvText([
    ['observable', 'rhat', 'rhat_by_chance', 'effective_samples', 'points_per_run', 'finding', 'decides'],
    ...observables.map((one) => [
      one.observable,
      ...[one.rhat, one.rhatScatter, one.effectiveSampleSize, one.sampleSize],
      one.finding,
      String(one.isDeciding),
    ]),
  ])
}
