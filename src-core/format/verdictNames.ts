import type { AcrossRunsVerdictId } from '../diagnostics/acrossRuns/acrossRunsTypes.ts'
import type { VerdictId } from '../diagnostics/verdict/verdictTypes.ts'

/** What a verdict is called wherever people read it: a finding, not a grade. */
export const verdictNames: Record<VerdictId, string> = {
  diverged: 'Diverged',
  'no-variation': 'No variation',
  'not-enough-samples': 'Not enough samples',
  'several-segments': 'Several segments',
  'still-descending': 'Still descending',
  drifting: 'Drifting',
  'stationary-point': 'Stationary point',
  'limit-cycle': 'Limit cycle',
  'invariant-measure': 'Invariant measure',
}

export function isVerdictId(text: string): text is VerdictId {
  return Object.hasOwn(verdictNames, text)
}

/** What the verdict across seeds is called. */
export const acrossRunsVerdictNames: Record<AcrossRunsVerdictId, string> = {
  'one-law-across-seeds': 'One law across seeds',
  'weight-laws-differ': 'Weight laws differ',
  'per-seed-laws-differ': 'Per-seed laws differ',
  untested: 'Untested (one seed)',
  'several-experiments': 'Several experiments',
  'cannot-say': 'Cannot say',
}
