export interface IntervalGlyphInput {
  estimate: number
  /** NaN ends: no interval. */
  low: number
  high: number
  /** NaN ends are open: the block reaches to the edge; both NaN: no margin. */
  marginLow: number
  marginHigh: number
  /** NaN: none. */
  threshold: number
}

/** Positions along the axis in pixels; null where there is nothing to draw. */
export interface IntervalGlyphLayout {
  estimate: number | null
  bar: { from: number; to: number } | null
  margin: { from: number; to: number } | null
  threshold: number | null
}

const padding = 0.08

/** Places estimate, interval, margin and threshold on one linear axis that holds all that is finite, with a little room at both ends. */
export function intervalGlyphLayout(input: IntervalGlyphInput, width: number): IntervalGlyphLayout {
  const { estimate, low, high, marginLow, marginHigh, threshold } = input
  const finite = [estimate, low, high, marginLow, marginHigh, threshold].filter(Number.isFinite)
  const least = Math.min(...finite)
  const span = Math.max(...finite) - least
  const place = (value: number): number | null => {
    if (!Number.isFinite(value)) return null
    const share = span > 0 ? (value - least) / span : 0.5
    return width * (padding + (1 - 2 * padding) * share)
  }
  const range = (from: number | null, to: number | null): { from: number; to: number } | null =>
    from === null || to === null ? null : { from, to }
  const hasMargin = Number.isFinite(marginLow) || Number.isFinite(marginHigh)
  return {
    estimate: place(estimate),
    bar: range(place(low), place(high)),
    margin: hasMargin ? { from: place(marginLow) ?? 0, to: place(marginHigh) ?? width } : null,
    threshold: place(threshold),
  }
}
