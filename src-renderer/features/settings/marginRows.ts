import { defaultMargins } from '#core/diagnostics/margins.ts'
import type { DiagnosticMargins } from '#core/diagnostics/margins.ts'

export interface MarginRow {
  name: keyof DiagnosticMargins
  label: string
}

/** The margins in the words of the diagnostics, in the order of the evidence. */
export const marginRows: readonly MarginRow[] = [
  { name: 'minimumEffectiveSampleSize', label: 'Independent samples for a verdict, at least' },
  { name: 'minimumSegmentLength', label: 'Recorded points of a segment, at least' },
  { name: 'transientShare', label: 'Share of a segment dropped as transient' },
  { name: 'transientAutocorrelationTimes', label: 'Autocorrelation times dropped as transient' },
  { name: 'lossDriftOfMean', label: 'Loss drift that counts as none, share of the mean' },
  { name: 'lossDriftOfDecay', label: 'Loss drift that counts as none, share of the whole decay' },
  { name: 'driftOfFluctuation', label: 'Drift that counts as none, in standard deviations' },
  { name: 'normDriftOfMean', label: 'Drift of norms that counts as none, share of the mean' },
  { name: 'significance', label: 'Level of the tests, after Holm’s correction' },
  { name: 'windowDistanceRatio', label: 'Distance between windows that counts as equal, ratio' },
  { name: 'gapOfInitial', label: '‖∇f‖² that counts as zero, share of its initial value' },
  { name: 'balanceOfGap', label: 'Balance that counts as zero, share of ‖∇f‖²' },
  { name: 'balanceIndex', label: 'Balance index that counts as balanced' },
  { name: 'descentIndex', label: 'Balance index from which a run is pure descent' },
  { name: 'edgeLow', label: 'Sharpness over its threshold: below this, noise decides' },
  { name: 'edgeHigh', label: 'Sharpness over its threshold: above this, beyond the edge' },
  { name: 'cycleShare', label: 'Share of one spectral line from which a run is a cycle' },
  { name: 'displacementExponent', label: 'Exponent of displacement from which motion is unconfined' },
  { name: 'divergenceFactor', label: 'Growth over the initial loss that counts as diverged' },
  { name: 'permutationCount', label: 'Permutations of a test' },
]

/** Only what differs from the default is kept: a default that is mended later then holds for everybody. */
export function changedMargins(
  margins: Readonly<Record<string, number>>,
  name: keyof DiagnosticMargins,
  value: number,
): Record<string, number> {
  const { [name]: _previous, ...others } = margins
  return value === defaultMargins[name] ? others : { ...others, [name]: value }
}
