import type { DiagnosticMargins } from './margins.ts'

/** What a diagnostic found: `pass` and `fail` are established, `warn` is established but weakens the verdict, `unknown` cannot be said. */
export type CheckState = 'pass' | 'warn' | 'fail' | 'unknown'

export const diagnosticIds = [
  'divergence',
  'sample-size',
  'stationarity-gap',
  'noise-scale',
  'loss-stabilisation',
  'window-distance',
  'balance',
  'sharpness',
  'spectral-density',
  'limit-cycle',
  'autocorrelation',
  'displacement',
  'stationarity-tests',
  'fluctuation-dissipation',
  'pflug',
  'theorem-bound',
  'norm-equilibrium',
  'tail-index',
  'time-reversal',
  'self-calibration',
] as const

export type DiagnosticId = (typeof diagnosticIds)[number]

/** A range of steps, both ends included. */
export interface StepRange {
  readonly from: number
  readonly to: number
}

/** Batch means of an observable over steps, with the mean of the judged segment and its interval. */
export interface TrendChart {
  readonly kind: 'trend'
  /** As in `ForestChart`. */
  readonly title?: string
  readonly steps: readonly number[]
  readonly values: readonly number[]
  readonly mean: number
  readonly low: number
  readonly high: number
  /** First recorded value of the run, or NaN. */
  readonly initial: number
  /** A level to compare with (tolerance, threshold), or NaN. */
  readonly reference: number
  /** Level that one measurement cannot tell from zero, at the same steps; empty for exact measurements. */
  readonly floor: readonly number[]
  readonly logarithmic: boolean
}

/** Quantiles of an observable in equal windows, with the equivalence margin around the mean. */
export interface WindowQuantilesChart {
  readonly kind: 'window-quantiles'
  /** Where the diagnostic has several charts. */
  readonly title?: string
  readonly windows: readonly (StepRange & {
    readonly p5: number
    readonly q1: number
    readonly median: number
    readonly q3: number
    readonly p95: number
  })[]
  readonly mean: number
  readonly marginLow: number
  readonly marginHigh: number
}

/** Distances between windows, as ratio to the distance within one window; `ratios[i][j]`, NaN on the diagonal. */
export interface DistanceMatrixChart {
  readonly kind: 'distance-matrix'
  readonly observable: string
  readonly windows: readonly StepRange[]
  readonly ratios: readonly (readonly number[])[]
  /** The within-window distance that is 1, in units of the observable. */
  readonly baseline: number
}

/** Estimates with intervals in one unit, one row each; `isReference` marks a row shown for comparison only. */
export interface ForestChart {
  readonly kind: 'forest'
  /** What the chart shows, where the diagnostic has several; else its own title. */
  readonly title?: string
  /** Quantity and unit of the rows. */
  readonly xName: string
  readonly rows: readonly {
    readonly label: string
    readonly estimate: number
    readonly low: number
    readonly high: number
    readonly isReference: boolean
  }[]
  readonly marginLow: number
  readonly marginHigh: number
  /** Recorded points behind each row, where they are not those of the diagnostic. */
  readonly sampleSize?: number
}

/** A series against a threshold. `errors` are half-widths, empty when unknown. */
export interface ThresholdChart {
  readonly kind: 'threshold'
  /** As in `ForestChart`. */
  readonly title?: string
  readonly steps: readonly number[]
  readonly values: readonly number[]
  readonly errors: readonly number[]
  readonly threshold: number
}

/** Curves over a lag in steps: autocorrelation (linear) or mean-squared displacement (log-log). */
export interface LagChart {
  readonly kind: 'lag'
  /** As in `ForestChart`. */
  readonly title?: string
  readonly curves: readonly {
    readonly label: string
    readonly lags: readonly number[]
    readonly values: readonly number[]
    /** Autocorrelation time in steps, or exponent of displacement. */
    readonly parameter: number
  }[]
  /** Half-width of the band of no correlation, or the plateau of displacement, or NaN. */
  readonly reference: number
  readonly logarithmic: boolean
}

/** Share of the variance at each frequency; of many close frequencies the strongest. */
export interface SpectrumChart {
  readonly kind: 'spectrum'
  /** The series whose spectrum it is. */
  readonly observable: string
  /** Per step. */
  readonly frequencies: readonly number[]
  readonly shares: readonly number[]
  /** Period of the strongest line, that of its fundamental where it has overtones. */
  readonly peakPeriod: number
  /** Longest period in which a line is looked for, in steps; slower power is wandering. */
  readonly longestPeriod: number
}

/** Curves over an axis that is neither step nor lag: a spectral density, a Hill plot. */
export interface CurveChart {
  readonly kind: 'curve'
  /** What the chart shows; a diagnostic may have several. */
  readonly title: string
  readonly xName: string
  readonly curves: readonly {
    readonly label: string
    /** Ascending. */
    readonly x: readonly number[]
    readonly y: readonly number[]
    /** Interval of each `y`; both empty when unknown. */
    readonly low: readonly number[]
    readonly high: readonly number[]
    /** Drawn dashed, for comparison only. */
    readonly isReference: boolean
  }[]
  /** Named levels and positions. */
  readonly references: readonly { readonly axis: 'x' | 'y'; readonly at: number; readonly label: string }[]
  readonly isLogarithmicX: boolean
  readonly isLogarithmicY: boolean
}

export type DiagnosticChart =
  | TrendChart
  | WindowQuantilesChart
  | DistanceMatrixChart
  | ForestChart
  | ThresholdChart
  | LagChart
  | SpectrumChart
  | CurveChart

/** A number beside the main estimate, for tables and for copying. */
export interface NamedNumber {
  readonly label: string
  readonly value: number
  readonly unit: string
}

/** The result of one diagnostic on one segment. Numbers that could not be computed are NaN, never a stand-in. */
export interface DiagnosticResult {
  readonly id: DiagnosticId
  readonly title: string
  /** Short symbol of the estimate, e.g. `‖∇f‖²`. */
  readonly symbol: string
  readonly estimate: number
  /** Interval of the estimate at `confidence`, NaN when there is none. */
  readonly low: number
  readonly high: number
  /** Nominal coverage of the interval: 0.95, or 0.9 for an equivalence test at 5 %. */
  readonly confidence: number
  /** Recorded points used. */
  readonly sampleSize: number
  readonly effectiveSampleSize: number
  /** Integrated autocorrelation time, in recorded points. */
  readonly autocorrelationTime: number
  /** Unit of estimate and interval; empty when a pure number. */
  readonly unit: string
  /** Range inside which the estimate counts as "none"; NaN ends are open. */
  readonly marginLow: number
  readonly marginHigh: number
  /** Value that the estimate is compared with, or NaN. */
  readonly threshold: number
  /** Name of the margin in force, where one of several is: that of the loss's drift, say, is the widest of three. */
  readonly margin?: keyof DiagnosticMargins
  readonly verdict: CheckState
  /** False for what is computed of a run without bounds: there is no law that its numbers could be judged by, and `verdict` is `unknown`. */
  readonly isJudged: boolean
  /** Why this verdict: one clause, with the numbers that decided. */
  readonly reason: string
  /** One plain sentence without numbers: what it means. */
  readonly summary: string
  /** What must hold for the interval and verdict to mean something. */
  readonly assumption: string
  readonly details: readonly NamedNumber[]
  readonly charts: readonly DiagnosticChart[]
}
