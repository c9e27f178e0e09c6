import type { QuantileBands } from '#core/series/quantileBands.ts'
import type { HorizontalAxis } from '#shared/contract/series.ts'
import type { ReferenceLine, RulerSegment, ShadedRange } from './marks.ts'
import type { PlotLine } from './plotLine.ts'

/** What the horizontal axis measures: an axis of the contract, the lag of a correlation, or a quantity named by the plot. */
export type HorizontalKind = HorizontalAxis | 'lag' | 'quantity'

/** Everything a line chart shows, as data: features build it, `linePlotOptions` draws it. */
export interface LinePlot {
  readonly lines: readonly PlotLine[]
  readonly x: {
    readonly kind: HorizontalKind
    /** Of a `quantity`. */
    readonly name?: string
    readonly logarithmic?: boolean
    /** Shown range: a zoom, or the whole planned run; missing for the range of the data. */
    readonly range?: readonly [number, number] | undefined
  }
  readonly y: {
    readonly logarithmic?: boolean
    readonly includeZero?: boolean
    /** Values that must be inside the shown range, e.g. a threshold. */
    readonly include?: readonly number[]
  }
  readonly references?: readonly ReferenceLine[]
  readonly shades?: readonly ShadedRange[]
  readonly segments?: readonly RulerSegment[]
  /** Non-finite points: where they are, and from where on the run has diverged. */
  readonly nonFinite?: { readonly x: ArrayLike<number>; readonly from: number | null }
  /** 0–100, 10–90 and 25–75 % of too many curves, in this order outside in. */
  readonly density?: QuantileBands | null
  /** Lines that the pointer singles out in the tray; the others fade. Null for none. */
  readonly highlightedIds?: readonly string[] | null
  /** A fitted line, drawn as a dashed guide over the range of the fit. */
  readonly guide?: { readonly x: readonly number[]; readonly y: readonly number[] } | null
}
