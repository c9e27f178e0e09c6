import type { CustomSeriesOption, LineSeriesOption, ScatterSeriesOption } from 'echarts'
import type { PlotLine } from './plotLine.ts'
import type { LineDash } from './runStyle.ts'

type Pair = [number, number | null]

const dashPattern: Record<LineDash, 'solid' | 'dotted' | number[]> = {
  solid: 'solid',
  dashed: [6, 3],
  dotted: 'dotted',
}

/** Fewer points than this are marked one by one. */
export const symbolLimit = 60

export interface LineLook {
  readonly color: string
  readonly width: number
  readonly alpha: number
  readonly dash?: LineDash
  readonly hasSymbols?: boolean
  readonly layer?: number
}

/** Points as ECharts wants them; what is not finite (or has no logarithm) becomes a gap, and so does every break. */
export function linePairs(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  positiveOnly: boolean,
  breaks: readonly number[] = [],
): Pair[] {
  const pairs: Pair[] = []
  let next = 0
  for (let i = 0; i < x.length; i++) {
    const at = x[i] ?? NaN
    while (next < breaks.length && at >= (breaks[next] ?? Infinity)) {
      if (pairs.length > 0) pairs.push([at, null])
      next++
    }
    const value = y[i] ?? NaN
    pairs.push([at, Number.isFinite(value) && !(positiveOnly && value <= 0) ? value : null])
  }
  return pairs
}

export function lineSeries(pairs: Pair[], look: LineLook): LineSeriesOption {
  return {
    type: 'line',
    data: pairs,
    silent: true,
    animation: false,
    clip: true,
    connectNulls: false,
    symbol: 'circle',
    symbolSize: 4,
    showSymbol: look.hasSymbols ?? false,
    lineStyle: {
      color: look.color,
      width: look.width,
      opacity: look.alpha,
      type: dashPattern[look.dash ?? 'solid'],
      cap: 'round',
      join: 'round',
    },
    itemStyle: { color: look.color, opacity: look.alpha },
    z: look.layer ?? 3,
  }
}

/** Contiguous stretches of indices where both ends of the band are finite. */
export function bandStretches(line: PlotLine, positiveOnly: boolean): [number, number][] {
  const stretches: [number, number][] = []
  let start = -1
  for (let i = 0; i <= line.x.length; i++) {
    const low = line.low?.[i] ?? NaN
    const high = line.high?.[i] ?? NaN
    const isInside = i < line.x.length && Number.isFinite(low) && Number.isFinite(high) && !(positiveOnly && high <= 0)
    if (isInside && start < 0) start = i
    if (!isInside && start >= 0) {
      stretches.push([start, i - 1])
      start = -1
    }
  }
  return stretches
}

/** The band of a line as filled polygons, right on any axis; `floor` stands for values that a logarithmic axis cannot show. */
export function bandSeries(line: PlotLine, color: string, alpha: number, floor: number | null): CustomSeriesOption {
  const stretches = bandStretches(line, floor !== null)
  return {
    type: 'custom',
    silent: true,
    animation: false,
    clip: true,
    z: 1,
    data: stretches.map((_, k) => [k]),
    renderItem: (params, api) => {
      const [first, last] = stretches[params.dataIndex] ?? [0, -1]
      const points: number[][] = []
      const atLeast = (value: number): number => (floor === null ? value : Math.max(value, floor))
      for (let i = first; i <= last; i++) points.push(api.coord([line.x[i] ?? NaN, atLeast(line.high?.[i] ?? NaN)]))
      for (let i = last; i >= first; i--) points.push(api.coord([line.x[i] ?? NaN, atLeast(line.low?.[i] ?? NaN)]))
      return { type: 'polygon', shape: { points }, style: { fill: color, opacity: alpha } }
    },
  }
}

/** Vertical bars of `errors` around the points, with end caps. */
export function errorBarSeries(line: PlotLine, color: string, floor: number | null): CustomSeriesOption {
  return {
    type: 'custom',
    silent: true,
    animation: false,
    clip: true,
    z: 4,
    data: Array.from(line.x, (_, i) => [i]),
    renderItem: (params, api) => {
      const i = params.dataIndex
      const value = line.y[i] ?? NaN
      const error = line.errors?.[i] ?? NaN
      if (!(Number.isFinite(value) && error > 0)) return null
      const [x = NaN, top = NaN] = api.coord([line.x[i] ?? NaN, value + error])
      const bottom =
        api.coord([line.x[i] ?? NaN, floor === null ? value - error : Math.max(value - error, floor)])[1] ?? NaN
      const style = { stroke: color, lineWidth: 1 }
      return {
        type: 'group',
        children: [
          { type: 'line', shape: { x1: x, x2: x, y1: top, y2: bottom }, style },
          { type: 'line', shape: { x1: x - 2.5, x2: x + 2.5, y1: top, y2: top }, style },
          { type: 'line', shape: { x1: x - 2.5, x2: x + 2.5, y1: bottom, y2: bottom }, style },
        ],
      }
    },
  }
}

export function dotSeries(
  points: readonly (readonly [number, number])[],
  color: string,
  options: { size: number; alpha?: number; rim?: string; layer?: number },
): ScatterSeriesOption {
  return {
    type: 'scatter',
    silent: true,
    animation: false,
    clip: true,
    z: options.layer ?? 3,
    symbolSize: options.size,
    data: points.map((point) => [...point]),
    itemStyle: {
      color,
      opacity: options.alpha ?? 1,
      ...(options.rim ? { borderColor: options.rim, borderWidth: 1.5 } : {}),
    },
  }
}
