import type { CustomSeriesOption, LineSeriesOption } from 'echarts'
import type { ChartTheme, ColorToken } from './chartTheme.ts'

/** A straight line across the plot at one x or one y. */
export interface ReferenceLine {
  readonly axis: 'x' | 'y'
  readonly at: number
  readonly label?: string
  readonly style?: 'dashed' | 'dotted' | 'solid'
  readonly color?: ColorToken
  readonly width?: number
  readonly labelAt?: 'start' | 'end'
  /** Below the line, not above: where there is no room above. */
  readonly isLabelBelow?: boolean
}

/** A shaded range of one axis over the whole plot. */
export interface ShadedRange {
  readonly axis: 'x' | 'y'
  readonly from: number
  readonly to: number
  readonly label?: string
  readonly color?: ColorToken
  readonly alpha?: number
  /** Pixels from the top of the shade to its label; default: `shadeLabel.distance`. */
  readonly labelDistance?: number
}

/** Of the label of a shade, in pixels. */
export const shadeLabel = { distance: 5, lineHeight: 13 } as const

const dashes: Record<'dashed' | 'dotted' | 'solid', number[] | 'solid'> = {
  dashed: [4, 3],
  dotted: [1.5, 2.5],
  solid: 'solid',
}

/** References and shades in a series of their own without data, so that they belong to no curve. */
export function markSeries(
  references: readonly ReferenceLine[],
  shades: readonly ShadedRange[],
  theme: ChartTheme,
): LineSeriesOption {
  const font = { fontSize: 11, fontFamily: theme.fontFamily }
  return {
    type: 'line',
    data: [],
    silent: true,
    animation: false,
    z: 2,
    markLine: {
      silent: true,
      symbol: 'none',
      animation: false,
      // By default lines are drawn at values rounded to two decimals: 0.0448 at 0.04.
      precision: -1,
      data: references.map((line) => ({
        ...(line.axis === 'x' ? { xAxis: line.at } : { yAxis: line.at }),
        lineStyle: {
          color: theme.colors[line.color ?? '--chart-reference'],
          type: dashes[line.style ?? 'dashed'],
          width: line.width ?? 1,
        },
        label: {
          show: Boolean(line.label),
          formatter: line.label ?? '',
          position: `inside${line.labelAt === 'start' ? 'Start' : 'End'}${line.isLabelBelow ? 'Bottom' : 'Top'}`,
          color: theme.colors[line.color ?? '--chart-reference'],
          // Legible where a curve runs through it.
          textBorderColor: theme.colors['--bg-surface'],
          textBorderWidth: 2.5,
          ...font,
        },
      })),
    },
    markArea: {
      silent: true,
      animation: false,
      data: shades.map((shade) => [
        {
          ...(shade.axis === 'x' ? { xAxis: shade.from } : { yAxis: shade.from }),
          itemStyle: { color: theme.colors[shade.color ?? '--chart-shade'], opacity: shade.alpha ?? 1 },
          label: {
            show: Boolean(shade.label),
            formatter: shade.label ?? '',
            position: 'insideTop',
            distance: shade.labelDistance ?? shadeLabel.distance,
            color: theme.colors['--chart-label'],
            lineHeight: shadeLabel.lineHeight,
            ...font,
          },
        },
        shade.axis === 'x' ? { xAxis: shade.to } : { yAxis: shade.to },
      ]),
    },
  }
}

export interface RulerSegment {
  readonly from: number
  readonly to: number
  readonly label: string
}

/** Height of the ruler above the plot. */
export const rulerHeight = 16

/** The ruler of segments above the plot (`η 0.1 | η 0.01`) and a dashed border where one ends and the next begins. */
export function segmentRulerSeries(segments: readonly RulerSegment[], theme: ChartTheme): CustomSeriesOption {
  return {
    type: 'custom',
    silent: true,
    animation: false,
    clip: false,
    z: 2,
    data: segments.map((_, k) => [k]),
    renderItem: (params, api) => {
      const segment = segments[params.dataIndex]
      // The coordinate system of a custom series on a grid carries the grid's rectangle.
      const rect = params.coordSys as unknown as { x: number; y: number; width: number; height: number }
      if (!segment) return null
      const within = (x: number): number => Math.max(rect.x, Math.min(rect.x + rect.width, x))
      const left = within(api.coord([segment.from, 0])[0] ?? NaN)
      const right = within(api.coord([segment.to, 0])[0] ?? NaN)
      if (!(right - left > 1)) return null
      const isBorder = left > rect.x + 0.5
      return {
        type: 'group',
        children: [
          {
            type: 'line',
            shape: { x1: left, x2: left, y1: rect.y - rulerHeight, y2: rect.y - 3 },
            style: { stroke: theme.colors['--line-strong'], lineWidth: 1 },
          },
          ...(isBorder
            ? [
                {
                  type: 'line' as const,
                  shape: { x1: left, x2: left, y1: rect.y, y2: rect.y + rect.height },
                  style: { stroke: theme.colors['--chart-reference'], lineWidth: 1, lineDash: [4, 3] },
                },
              ]
            : []),
          ...(right - left > 28
            ? [
                {
                  type: 'text' as const,
                  style: {
                    text: segment.label,
                    x: left + 4,
                    y: rect.y - rulerHeight + 1,
                    fill: theme.colors['--chart-label'],
                    font: `11px ${theme.fontFamily}`,
                    width: right - left - 6,
                    overflow: 'truncate' as const,
                  },
                },
              ]
            : []),
        ],
      }
    },
  }
}

/** Crosses along the top of the plot where values are not finite. */
export function nonFiniteSeries(x: ArrayLike<number>, theme: ChartTheme): CustomSeriesOption {
  return {
    type: 'custom',
    silent: true,
    animation: false,
    clip: false,
    z: 6,
    data: Array.from(x, (_, k) => [k]),
    renderItem: (params, api) => {
      // As above: the grid's rectangle.
      const rect = params.coordSys as unknown as { x: number; y: number; width: number }
      const at = api.coord([x[params.dataIndex] ?? NaN, 0])[0] ?? NaN
      if (!(at >= rect.x - 1 && at <= rect.x + rect.width + 1)) return null
      const y = rect.y + 5
      const style = { stroke: theme.colors['--v-diverged'], lineWidth: 1.4 }
      return {
        type: 'group',
        children: [
          { type: 'line', shape: { x1: at - 3.5, y1: y - 3.5, x2: at + 3.5, y2: y + 3.5 }, style },
          { type: 'line', shape: { x1: at - 3.5, y1: y + 3.5, x2: at + 3.5, y2: y - 3.5 }, style },
        ],
      }
    },
  }
}
