import type { Series } from '#shared/contract/series.ts'

export interface Sparkline {
  /** SVG path of the mean (or the points). */
  line: string
  /** SVG path of the area between minimum and maximum; empty for single points. */
  envelope: string
  /** The last finite value. */
  end: { x: number; y: number } | null
  isLogarithmic: boolean
  hasNonFinite: boolean
}

export const sparklineSize = { width: 64, height: 18 } as const
const inset = 2
/** Positive values over more than this ratio are drawn on a logarithmic axis. */
const logarithmicRatio = 50

/** Draws a series into the box of a table cell: x logarithmic from its first to its last point, y from its smallest to its largest value. */
export function sparkline(series: Pick<Series, 'x' | 'min' | 'max' | 'mean' | 'nonFinite'>): Sparkline {
  const { x, min, max, mean } = series
  const low = Math.min(...finite(min))
  const high = Math.max(...finite(max))
  const isLogarithmic = low > 0 && high / low > logarithmicRatio
  const scale = isLogarithmic ? Math.log : (value: number): number => value
  const bottom = scale(low)
  const span = scale(high) - bottom
  const placeX = logarithmicPlaces(x)
  const place = (index: number, value: number): [number, number] => [
    inset + placeX(index) * (sparklineSize.width - 2 * inset),
    inset + (span > 0 ? 1 - (scale(value) - bottom) / span : 0.5) * (sparklineSize.height - 2 * inset),
  ]
  const indices = Array.from(mean.keys()).filter((index) => Number.isFinite(mean[index]))
  const points = (values: Float64Array): [number, number][] => indices.map((index) => place(index, values[index] ?? 0))
  const hasSpread = indices.some((index) => (max[index] ?? 0) > (min[index] ?? 0))
  const line = points(mean)
  const last = line.at(-1)
  return {
    line: path(line),
    envelope: hasSpread ? `${path([...points(max), ...points(min).reverse()])}Z` : '',
    end: last ? { x: last[0], y: last[1] } : null,
    isLogarithmic,
    hasNonFinite: series.nonFinite.firstStep !== null,
  }
}

/** Shares 0..1 on a logarithmic axis of steps since the first one: the fall at the beginning and the long plateau both show. */
function logarithmicPlaces(x: Float64Array): (index: number) => number {
  const first = x[0] ?? 0
  const width = (x.at(-1) ?? 0) - first
  const offset = width / 1000
  const span = Math.log((width + offset) / offset)
  return (index) => (width > 0 ? Math.log(((x[index] ?? 0) - first + offset) / offset) / span : 0.5)
}

function finite(values: Float64Array): number[] {
  return Array.from(values).filter(Number.isFinite)
}

function path(points: readonly [number, number][]): string {
  return points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('')
}
