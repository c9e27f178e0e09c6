import type { CustomSeriesOption } from 'echarts'
import type { ForestChart } from '#core/diagnostics/results/diagnosticResult.ts'
import { shortenMiddle } from '#core/format/shortenMiddle.ts'
import { plainQuantity } from '../text/quantityParts.ts'
import { categoryAxis, horizontalAxis } from '../plot/axes.ts'
import { tickCounts, type ChartFrame, type ChartOption } from '../plot/chartOption.ts'
import type { ColorToken } from '../plot/chartTheme.ts'
import { markSeries } from '../plot/marks.ts'
import { linearTickLabel } from '../plot/tickLabels.ts'
import { niceLinearScale, type AxisScale } from '../plot/ticks.ts'
import type { ChartContext } from './chartContext.ts'

export interface ForestRow {
  readonly label: string
  readonly estimate: number
  readonly low: number
  readonly high: number
  readonly isReference: boolean
  readonly color: ColorToken
}

/** Rows of the shown run and, where its row is the run itself, those of the other seeds before what is shown for comparison only. */
export function forestRows(
  chart: ForestChart,
  { runName, color, companions }: Pick<ChartContext, 'runName' | 'color' | 'companions'>,
): ForestRow[] {
  const isRunRow = chart.rows.some((row) => row.label === runName)
  const own = chart.rows.map((row) => ({ ...row, color }))
  const others = !isRunRow
    ? []
    : companions.flatMap((companion) => {
        const row =
          companion.chart.kind === 'forest' ? companion.chart.rows.find(({ isReference }) => !isReference) : undefined
        return row ? [{ ...row, label: companion.runName, color: companion.color }] : []
      })
  const isRun = (row: ForestRow): boolean => row.label === runName
  return [
    ...own.filter(isRun),
    ...others,
    ...own.filter((row) => !isRun(row) && !row.isReference),
    ...own.filter((row) => !isRun(row) && row.isReference),
  ]
}

/** Scale over everything that is drawn, always with zero. */
export function forestScale(rows: readonly ForestRow[], chart: ForestChart, count: number): AxisScale {
  const values = [
    ...rows.flatMap(({ estimate, low, high }) => [estimate, low, high]),
    chart.marginLow,
    chart.marginHigh,
  ].filter(Number.isFinite)
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)]
  return niceLinearScale(low, high, count, true)
}

function rowSeries(rows: readonly ForestRow[], frame: ChartFrame): CustomSeriesOption {
  const { colors } = frame.theme
  return {
    type: 'custom',
    silent: true,
    animation: false,
    z: 4,
    data: rows.map((row, index) => [row.estimate, index]),
    renderItem: (params, api) => {
      const row = rows[params.dataIndex]
      if (!row || !Number.isFinite(row.estimate)) return null
      const [x = NaN, y = NaN] = api.coord([row.estimate, params.dataIndex])
      const end = (value: number): number => api.coord([value, params.dataIndex])[0] ?? NaN
      const color = row.isReference ? colors['--chart-label'] : colors[row.color]
      const stroke = {
        stroke: color,
        lineWidth: row.isReference ? 1.2 : 1.8,
        ...(row.isReference ? { lineDash: [3, 2] } : {}),
      }
      const cap = { stroke: color, lineWidth: stroke.lineWidth }
      const [low, high] = [end(row.low), end(row.high)]
      const hasInterval = Number.isFinite(low) && Number.isFinite(high)
      return {
        type: 'group',
        children: [
          ...(hasInterval
            ? [
                { type: 'line' as const, shape: { x1: low, x2: high, y1: y, y2: y }, style: stroke },
                { type: 'line' as const, shape: { x1: low, x2: low, y1: y - 4, y2: y + 4 }, style: cap },
                { type: 'line' as const, shape: { x1: high, x2: high, y1: y - 4, y2: y + 4 }, style: cap },
              ]
            : []),
          {
            type: 'circle',
            shape: { cx: x, cy: y, r: row.isReference ? 3.6 : 4 },
            style: row.isReference ? { fill: colors['--bg-surface'], stroke: color, lineWidth: 1.2 } : { fill: color },
          },
        ],
      }
    },
  }
}

/** The scale with the most ticks, up to about `most`, whose labels leave each other room on an axis of this width. */
export function fittingScale(scaleOf: (count: number) => AxisScale, most: number, width: number): AxisScale {
  const scale = scaleOf(most)
  const label = linearTickLabel(scale.ticks)
  const widest = 12 + 6.2 * Math.max(...scale.ticks.map((tick) => label(tick).length))
  return most > 1 && widest * (scale.ticks.length - 1) > width ? fittingScale(scaleOf, most - 1, width) : scale
}

/** Height of a row that holds a label in two lines. */
const twoLines = 30

/** A label that is too long for one line goes on in a second, at a space. */
function inLines(label: string, longest: number): string {
  const space = label.length > longest ? label.lastIndexOf(' ', longest) : -1
  if (space <= 0) return shortenMiddle(label, longest)
  return `${label.slice(0, space)}\n${shortenMiddle(label.slice(space + 1), longest)}`
}

/** Estimates with intervals, one row each, over the margin around zero; what is wrong and shown for comparison is hollow and grey. */
export function forestOptions(chart: ForestChart, context: ChartContext, frame: ChartFrame): ChartOption {
  const rows = forestRows(chart, context)
  // At most half of the width are names.
  const longest = Math.max(18, Math.floor((0.49 * frame.width - 16) / 6.2))
  const hasTwoLines = (frame.height - 48) / rows.length >= twoLines
  const names = rows.map(({ label }) =>
    plainQuantity(hasTwoLines ? inLines(label, longest) : shortenMiddle(label, longest)),
  )
  const lines = names.flatMap((name) => name.split('\n'))
  const [left, right] = [Math.max(44, 16 + 6.2 * Math.max(...lines.map((line) => line.length))), 18]
  const most = Math.min(5, tickCounts(frame).x)
  const scale = fittingScale((count) => forestScale(rows, chart, count), most, frame.width - left - right)
  const hasMargin = Number.isFinite(chart.marginLow) && Number.isFinite(chart.marginHigh)
  return {
    animation: false,
    grid: { left, right, top: 10, bottom: 38 },
    xAxis: horizontalAxis(
      {
        scale,
        label: linearTickLabel(scale.ticks),
        name: plainQuantity(chart.xName),
        // A name may be longer than the plot: it is centred below the names as well.
        ...(6 * chart.xName.length > frame.width - left - right ? { nameShift: left - right } : {}),
        hasGrid: true,
      },
      frame.theme,
    ),
    yAxis: categoryAxis(names, frame.theme, { inverse: true }),
    series: [
      markSeries(
        [{ axis: 'x', at: 0, style: 'solid', color: '--text-1', width: 1 }],
        hasMargin ? [{ axis: 'x', from: chart.marginLow, to: chart.marginHigh, color: '--chart-margin' }] : [],
        frame.theme,
      ),
      rowSeries(rows, frame),
    ],
  }
}
