import type { Series } from '#shared/contract/series.ts'
import type { ColorToken } from '../plot/chartTheme.ts'
import type { PlotLine } from '../plot/plotLine.ts'

/** The recorded values as a faint line: every point, or the exact envelope of the buckets. */
export function rawGapLine(series: Series, isSquared: boolean, color: ColorToken): PlotLine {
  const map = (values: Float64Array): Float64Array => (isSquared ? values : values.map((value) => value * value))
  const isBuckets = series.kind === 'buckets'
  return {
    id: 'recorded',
    label: 'recorded',
    color,
    x: series.x,
    y: map(isBuckets ? series.mean : series.last),
    width: 1,
    alpha: 0.3,
    hasSymbols: false,
    ...(isBuckets ? { low: map(series.min), high: map(series.max) } : {}),
  }
}
