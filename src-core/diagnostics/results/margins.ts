/** What counts as "none", "equal" and "enough". Our proposals, not literature values; each can be changed by the reader of a verdict. */
export interface DiagnosticMargins {
  /** Smallest effective sample size for a verdict. */
  readonly minimumEffectiveSampleSize: number
  /** Fewest recorded points of a segment that are judged at all. */
  readonly minimumSegmentLength: number
  /** Fewest blocks of two autocorrelation times for a block permutation. */
  readonly minimumBlockCount: number
  /** Share of a segment that is always dropped as transient. */
  readonly transientShare: number
  /** ... and at least this many autocorrelation times. */
  readonly transientAutocorrelationTimes: number
  /** Drift of the loss over the segment, as share of its mean, that counts as none. */
  readonly lossDriftOfMean: number
  /** ... or as share of the standard deviation of the loss over the whole run, its initial decay included. */
  readonly lossDriftOfDecay: number
  /** ... or in standard deviations of the fluctuation: a linear drift of one adds 1/12 to the variance. */
  readonly driftOfFluctuation: number
  /** Drift of ‖∇f‖² and of weight norms, as share of their mean, that counts as none. */
  readonly normDriftOfMean: number
  /** Level of the trend and window tests, after Holm's correction. */
  readonly significance: number
  /** Ratio of window-to-window distance to the within-window baseline that counts as equal. */
  readonly windowDistanceRatio: number
  /** W1 between the halves of a segment after removal of their means, in standard deviations, that counts as equal even when it is significant. */
  readonly windowDistanceOfSpread: number
  /** Share of the components of a vector from which a drift is one of the vector. */
  readonly driftingComponentShare: number
  /** ‖∇f‖² below this share of its initial value counts as zero. */
  readonly gapOfInitial: number
  /** ... where the learning rate decays all the time, so that the end is a sample of few independent values. */
  readonly gapOfInitialUnderDecay: number
  /** |sum| of the balance, as share of ‖∇f‖², that counts as balanced. */
  readonly balanceOfGap: number
  /** Balance index |net|/|descent| that counts as balanced, and above which the run is pure descent. */
  readonly balanceIndex: number
  readonly descentIndex: number
  /** Sharpness over threshold: below `low` noise-driven, above `high` beyond the edge. */
  readonly edgeLow: number
  readonly edgeHigh: number
  /** Share of the variance in one spectral line (with harmonics), and long-lag autocorrelation, from which a run is a cycle. */
  readonly cycleShare: number
  /** Exponent of mean-squared displacement from which the motion is unconfined. */
  readonly displacementExponent: number
  /** Growth over the initial level from which a still growing loss counts as diverged. */
  readonly divergenceFactor: number
  /** R̂ across seeds up to which they follow one law, and fewest seeds for saying so. */
  readonly rhatLimit: number
  readonly minimumChainCount: number
  readonly permutationCount: number
}

export const defaultMargins: DiagnosticMargins = {
  minimumEffectiveSampleSize: 50,
  minimumSegmentLength: 50,
  minimumBlockCount: 20,
  transientShare: 0.2,
  transientAutocorrelationTimes: 5,
  lossDriftOfMean: 0.02,
  lossDriftOfDecay: 0.1,
  driftOfFluctuation: 1,
  normDriftOfMean: 0.1,
  significance: 0.01,
  windowDistanceRatio: 1.6,
  windowDistanceOfSpread: 0.25,
  driftingComponentShare: 0.25,
  gapOfInitial: 1e-4,
  gapOfInitialUnderDecay: 1e-3,
  balanceOfGap: 0.2,
  balanceIndex: 0.1,
  descentIndex: 0.5,
  edgeLow: 0.9,
  edgeHigh: 1.1,
  cycleShare: 0.5,
  displacementExponent: 0.8,
  divergenceFactor: 100,
  rhatLimit: 1.05,
  minimumChainCount: 4,
  permutationCount: 499,
}
