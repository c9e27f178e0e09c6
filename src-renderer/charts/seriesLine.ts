import type { Series } from '#shared/contract/series.ts'
import type { ColorToken } from '#figures/plot/chartTheme.ts'
import type { PlotLine } from '#figures/plot/plotLine.ts'
import type { LineDash } from '#figures/plot/runStyle.ts'

export interface LineIdentity {
  readonly id: string
  readonly label: string
  readonly color: ColorToken
  readonly dash?: LineDash
}

/** Applied to every number of a series before it is drawn; increasing, so that extremes stay extremes. */
export type Transform = (value: number) => number

/**
 * A series as a line: every point (faint behind its average where one was asked for), or the mean of each bucket above its exact min–max.
 * `breaks` interrupt an average where it was restarted.
 */
export function seriesLine(
  series: Series,
  identity: LineIdentity,
  options: { transform?: Transform; breaks?: readonly number[]; hasTail?: boolean } = {},
): PlotLine {
  const map = (values: Float64Array): Float64Array => (options.transform ? values.map(options.transform) : values)
  const smoothed = series.smoothed === null ? null : map(series.smoothed)
  const isBuckets = series.kind === 'buckets'
  return {
    ...identity,
    x: series.x,
    y: smoothed ?? map(isBuckets ? series.mean : series.last),
    ...(isBuckets ? { low: map(series.min), high: map(series.max) } : {}),
    ...(isBuckets && !smoothed ? latestOf(map(series.last)) : {}),
    ...(!isBuckets && smoothed ? { raw: map(series.last), width: 1.8 } : {}),
    ...(smoothed && options.breaks ? { breaks: options.breaks } : {}),
    hasTail: options.hasTail ?? false,
  }
}

function latestOf(values: Float64Array): { latest?: number } {
  const latest = values.at(-1)
  return latest === undefined ? {} : { latest }
}
