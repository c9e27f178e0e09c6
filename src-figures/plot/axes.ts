import type { XAXisComponentOption, YAXisComponentOption } from 'echarts'
import type { ChartTheme } from './chartTheme.ts'
import type { AxisScale } from './ticks.ts'

export interface AxisSpec {
  readonly scale: AxisScale
  readonly label: (value: number) => string
  readonly name?: string
  /** Moves the name this many pixels, half of them, to the left. */
  readonly nameShift?: number
  readonly hasGrid?: boolean
}

const text = (theme: ChartTheme): { color: string; fontSize: number; fontFamily: string } => ({
  color: theme.colors['--chart-label'],
  fontSize: 11,
  fontFamily: theme.fontFamily,
})

/** Characters of a label whose half is wider than the room right of the plot. */
const wideLabel = 4

/** Whether the last label, in the middle below its tick, would reach the edge of the drawing. */
function endsWithWideLabel({ scale, label }: AxisSpec): boolean {
  const last = scale.ticks.at(-1)
  if (last === undefined || label(last).length <= wideLabel) return false
  const at = scale.logarithmic ? Math.log10 : (value: number): number => value
  return at(scale.max) - at(last) < 0.04 * (at(scale.max) - at(scale.min))
}

/** The ends and type of an axis. With an interval, the whole span, ECharts does not look for ticks of its own, which it rounds to 20 decimals: it fails on smaller values. */
function extentOf({ min, max, logarithmic }: AxisScale): {
  type: 'log' | 'value'
  min: number
  max: number
  interval: number
} {
  const interval = logarithmic ? Math.log10(max) - Math.log10(min) : max - min
  return { type: logarithmic ? 'log' : 'value', min, max, interval }
}

/** x: a line with ticks of 4 px, its name below the middle, vertical grid lines only where both coordinates are data. */
export function horizontalAxis(spec: AxisSpec, theme: ChartTheme): XAXisComponentOption {
  const line = { color: theme.colors['--chart-axis'], width: 1 }
  const ticks = [...spec.scale.ticks]
  return {
    ...extentOf(spec.scale),
    ...(spec.name
      ? {
          name: spec.name,
          nameLocation: 'middle' as const,
          nameGap: 21,
          nameTextStyle: { ...text(theme), padding: [0, spec.nameShift ?? 0, 0, 0] },
        }
      : {}),
    axisLine: { show: true, onZero: false, lineStyle: line },
    axisTick: { show: true, length: 4, lineStyle: line, customValues: ticks },
    axisLabel: {
      ...text(theme),
      margin: 7,
      hideOverlap: true,
      formatter: spec.label,
      customValues: ticks,
      ...(endsWithWideLabel(spec) ? { alignMaxLabel: 'right' as const } : {}),
    },
    splitLine: { show: spec.hasGrid ?? false, lineStyle: { color: theme.colors['--chart-grid'], width: 1 } },
  }
}

/** y: horizontal grid lines only; no line, no ticks, no name (the panel's title names it). */
export function verticalAxis(spec: AxisSpec, theme: ChartTheme): YAXisComponentOption {
  const ticks = [...spec.scale.ticks]
  return {
    ...extentOf(spec.scale),
    axisLine: { show: false },
    axisTick: { show: false, customValues: ticks },
    axisLabel: { ...text(theme), margin: 8, hideOverlap: true, formatter: spec.label, customValues: ticks },
    splitLine: { show: spec.hasGrid ?? true, lineStyle: { color: theme.colors['--chart-grid'], width: 1 } },
  }
}

/** Ordered names, e.g. windows or seeds, without ticks; `position` says which axis it is. */
export function categoryAxis(
  names: readonly string[],
  theme: ChartTheme,
  options: { name?: string; inverse?: boolean; hasLine?: boolean } = {},
): XAXisComponentOption & YAXisComponentOption {
  return {
    type: 'category',
    data: [...names],
    inverse: options.inverse ?? false,
    ...(options.name
      ? { name: options.name, nameLocation: 'middle' as const, nameGap: 21, nameTextStyle: text(theme) }
      : {}),
    axisLine: { show: options.hasLine ?? false, lineStyle: { color: theme.colors['--chart-axis'], width: 1 } },
    axisTick: { show: false },
    // Of a name in two lines.
    axisLabel: { ...text(theme), lineHeight: 13, margin: 8, interval: 0, hideOverlap: true },
    splitLine: { show: false },
  }
}

/** Room left of the plot for the longest label of the vertical axis, never less than the common 44. */
export function leftRoom(labels: readonly string[]): number {
  return Math.max(44, 14 + 6.4 * Math.max(0, ...labels.map((label) => label.length)))
}
