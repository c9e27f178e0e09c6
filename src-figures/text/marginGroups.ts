import type { DiagnosticMargins } from '#core/diagnostics/results/margins.ts'

export type MarginName = keyof DiagnosticMargins

/** A margin as it is shown. `scale` turns the stored number into the shown one (100 for per cent). */
export interface MarginField {
  readonly name: MarginName
  readonly label: string
  /** Where it stands without its group; else the label. */
  readonly ownLabel?: string
  /** The same in a sentence, for those who meet it for the first time. */
  readonly words: string
  readonly before: string
  readonly unit: string
  readonly scale: 1 | 100
  /** Decides most verdicts: shown even where there is room for few. */
  readonly isMain?: boolean
  /** The main margin that it can stand in for. */
  readonly insteadOf?: MarginName
  /** A count: whole numbers only. */
  readonly isWhole?: boolean
}

export interface MarginGroup {
  readonly title: string
  readonly fields: readonly MarginField[]
}

/** Every margin, in groups, in the order of the chain of evidence. */
export const marginGroups: readonly MarginGroup[] = [
  {
    title: 'Samples',
    fields: [
      {
        name: 'minimumEffectiveSampleSize',
        label: 'Effective samples',
        words: 'Independent samples for a verdict, at least',
        before: '≥ ',
        unit: '',
        scale: 1,
        isMain: true,
      },
      {
        name: 'minimumSegmentLength',
        label: 'Segment points',
        words: 'Recorded points of a segment, at least',
        before: '≥ ',
        unit: '',
        scale: 1,
        isWhole: true,
      },
      {
        name: 'minimumBlockCount',
        label: 'Test blocks',
        words: 'Blocks of two autocorrelation times for a permutation test, at least',
        before: '≥ ',
        unit: '',
        scale: 1,
        isWhole: true,
      },
      {
        name: 'transientShare',
        label: 'Transient',
        words: 'Share of a segment that is always dropped as transient',
        before: '',
        unit: '%',
        scale: 100,
      },
      {
        name: 'transientAutocorrelationTimes',
        label: '… or of τ',
        ownLabel: 'Transient, of τ',
        words: '… and at least this many autocorrelation times',
        before: '≥ ',
        unit: '',
        scale: 1,
      },
    ],
  },
  {
    title: 'Drift that counts as none',
    fields: [
      {
        name: 'lossDriftOfMean',
        label: 'Loss drift',
        ownLabel: 'Loss drift, of mean',
        words: 'Loss drift that counts as none, share of the mean',
        before: '± ',
        unit: '%',
        scale: 100,
        isMain: true,
      },
      {
        name: 'lossDriftOfDecay',
        label: '… of its decay',
        ownLabel: 'Loss drift, of decay',
        insteadOf: 'lossDriftOfMean',
        words: 'Loss drift that counts as none, share of the whole decay',
        before: '± ',
        unit: '%',
        scale: 100,
      },
      {
        name: 'driftOfFluctuation',
        label: '… of its scatter',
        ownLabel: 'Drift, of scatter',
        insteadOf: 'lossDriftOfMean',
        words: 'Drift that counts as none, in standard deviations of the fluctuation',
        before: '± ',
        unit: 'sd',
        scale: 1,
      },
      {
        name: 'normDriftOfMean',
        label: 'Norm drift',
        words: 'Drift of norms that counts as none, share of the mean',
        before: '± ',
        unit: '%',
        scale: 100,
      },
    ],
  },
  {
    title: 'Windows and motion',
    fields: [
      {
        name: 'windowDistanceRatio',
        label: 'Window distance',
        words: 'Distance between windows that counts as equal, ratio to that within',
        before: '≤ ',
        unit: '',
        scale: 1,
        isMain: true,
      },
      {
        name: 'windowDistanceOfSpread',
        label: 'Shape of halves',
        words: 'W₁ between halves without their means that counts as equal, in standard deviations',
        before: '≤ ',
        unit: 'sd',
        scale: 1,
      },
      {
        name: 'driftingComponentShare',
        label: 'Drifting components',
        words: 'Share of the components of a vector from which a drift is one of the vector',
        before: '≥ ',
        unit: '%',
        scale: 100,
      },
      {
        name: 'displacementExponent',
        label: 'Displacement γ',
        words: 'Exponent of displacement from which motion is unconfined',
        before: '< ',
        unit: '',
        scale: 1,
        isMain: true,
      },
    ],
  },
  {
    title: 'Gradient and balance',
    fields: [
      {
        name: 'gapOfInitial',
        label: 'Gap, of initial',
        words: '‖∇f‖² that counts as zero, share of its initial value',
        before: '≤ ',
        unit: '',
        scale: 1,
        isMain: true,
      },
      {
        name: 'gapOfInitialUnderDecay',
        label: '… while η decays',
        ownLabel: 'Gap, while η decays',
        insteadOf: 'gapOfInitial',
        words: '‖∇f‖² that counts as zero where the learning rate decays all the time, share of its initial value',
        before: '≤ ',
        unit: '',
        scale: 1,
      },
      {
        name: 'balanceOfGap',
        label: 'Balance, of ‖∇f‖²',
        words: 'Balance that counts as zero, share of ‖∇f‖²',
        before: '± ',
        unit: '',
        scale: 1,
        isMain: true,
      },
      {
        name: 'balanceIndex',
        label: 'Balance index',
        insteadOf: 'balanceOfGap',
        words: 'Balance index |net| / |descent| that counts as balanced',
        before: '≤ ',
        unit: '',
        scale: 1,
      },
      {
        name: 'descentIndex',
        label: '… pure descent',
        ownLabel: 'Balance, pure descent',
        words: 'Balance index from which a run is pure descent',
        before: '≥ ',
        unit: '',
        scale: 1,
      },
    ],
  },
  {
    title: 'Cycle, edge, divergence',
    fields: [
      {
        name: 'cycleShare',
        label: 'Cycle, one line',
        words: 'Share of one spectral line from which a run is a cycle',
        before: '≥ ',
        unit: '%',
        scale: 100,
        isMain: true,
      },
      {
        name: 'edgeLow',
        label: 'Edge, from',
        words: 'Sharpness over its threshold: below this, noise decides',
        before: '≥ ',
        unit: '',
        scale: 1,
      },
      {
        name: 'edgeHigh',
        label: 'Edge, to',
        words: 'Sharpness over its threshold: above this, beyond the edge',
        before: '≤ ',
        unit: '',
        scale: 1,
      },
      {
        name: 'divergenceFactor',
        label: 'Divergence',
        words: 'Growth over the initial loss that counts as diverged',
        before: '× ',
        unit: '',
        scale: 1,
      },
    ],
  },
  {
    title: 'Seeds',
    fields: [
      {
        name: 'rhatLimit',
        label: 'Seeds, R̂',
        words: 'R̂ across seeds up to which they follow one law',
        before: '≤ ',
        unit: '',
        scale: 1,
        isMain: true,
      },
      {
        name: 'minimumChainCount',
        label: 'Seeds for one law',
        words: 'Runs that are needed to say that seeds follow one law',
        before: '≥ ',
        unit: '',
        scale: 1,
        isWhole: true,
      },
    ],
  },
  {
    title: 'Tests',
    fields: [
      {
        name: 'significance',
        label: 'Level',
        words: 'Level of the trend and window tests, after Holm’s correction over the observables',
        before: '',
        unit: '%',
        scale: 100,
        isMain: true,
      },
      {
        name: 'permutationCount',
        label: 'Permutations',
        words: 'Permutations of a test: its p is never below one over one more',
        before: '',
        unit: '',
        scale: 1,
        isWhole: true,
      },
    ],
  },
]
