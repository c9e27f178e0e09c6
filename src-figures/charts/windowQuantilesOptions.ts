import type { CustomSeriesOption } from 'echarts'
import type { WindowQuantilesChart } from '#core/diagnostics/results/diagnosticResult.ts'
import { categoryAxis, leftRoom, verticalAxis } from '../plot/axes.ts'
import { tickCounts, type ChartFrame, type ChartOption } from '../plot/chartOption.ts'
import { markSeries } from '../plot/marks.ts'
import { linearTickLabel, logTickLabel } from '../plot/tickLabels.ts'
import { logScale, niceLinearScale, type AxisScale } from '../plot/ticks.ts'
import type { ChartContext } from './chartContext.ts'

/** A margin this many times wider than the data would flatten them: it then fills the plot instead of setting its scale. */
const widestMarginRatio = 2

/** Scale around the quantiles, and around the margin unless that is much wider. What is never below zero gets no axis below it. */
export function quantileScale(chart: WindowQuantilesChart, count: number, isLogarithmic = false): AxisScale {
  const low = Math.min(...chart.windows.map(({ p5 }) => p5))
  const high = Math.max(...chart.windows.map(({ p95 }) => p95))
  if (isLogarithmic) return logScale(low, high, count, true)
  const marginLow = low >= 0 ? Math.max(0, chart.marginLow) : chart.marginLow
  const isMarginNear = chart.marginHigh - marginLow <= widestMarginRatio * (high - low)
  return isMarginNear
    ? niceLinearScale(Math.min(low, marginLow), Math.max(high, chart.marginHigh), count)
    : niceLinearScale(low, high, count)
}

/** Medians that lie further apart than this are told apart on a logarithmic axis only. */
const widestLinearRatio = 100

/** Whether the axis may be logarithmic, and whether it should begin so; undefined where values are zero or negative. */
export function startsLogarithmicQuantiles({ windows }: WindowQuantilesChart): boolean | undefined {
  if (!(windows.length > 0 && windows.every(({ p5 }) => p5 > 0))) return undefined
  const medians = windows.map(({ median }) => median)
  return Math.max(...medians) > widestLinearRatio * Math.min(...medians)
}

function boxSeries(chart: WindowQuantilesChart, color: string, halfWidth: number): CustomSeriesOption {
  return {
    type: 'custom',
    silent: true,
    animation: false,
    z: 4,
    data: chart.windows.map((_, index) => [index]),
    renderItem: (params, api) => {
      const window = chart.windows[params.dataIndex]
      if (!window) return null
      const y = (value: number): number => api.coord([params.dataIndex, value])[1] ?? NaN
      const x = api.coord([params.dataIndex, window.median])[0] ?? NaN
      return {
        type: 'group',
        children: [
          {
            type: 'line',
            shape: { x1: x, x2: x, y1: y(window.p5), y2: y(window.p95) },
            style: { stroke: color, lineWidth: 1.2 },
          },
          {
            type: 'rect',
            shape: {
              x: x - halfWidth,
              width: 2 * halfWidth,
              y: y(window.q3),
              height: Math.max(1, y(window.q1) - y(window.q3)),
              r: 1.5,
            },
            style: { fill: color, opacity: 0.32 },
          },
          {
            type: 'line',
            shape: { x1: x - halfWidth, x2: x + halfWidth, y1: y(window.median), y2: y(window.median) },
            style: { stroke: color, lineWidth: 2.2 },
          },
        ],
      }
    },
  }
}

/** Equal windows side by side: 5–95 % line, quartile bar, median tick, over the margin around the mean. */
export function windowQuantilesOptions(
  chart: WindowQuantilesChart,
  { color, isLogarithmic }: Pick<ChartContext, 'color' | 'isLogarithmic'>,
  frame: ChartFrame,
): ChartOption {
  const scale = quantileScale(chart, tickCounts(frame).y, isLogarithmic)
  const label = scale.logarithmic ? logTickLabel : linearTickLabel(scale.ticks)
  const left = leftRoom(scale.ticks.map(label))
  const slot = (frame.width - left - 14) / Math.max(1, chart.windows.length)
  const within = (value: number): number => Math.max(scale.min, Math.min(scale.max, value))
  return {
    animation: false,
    grid: { left, right: 14, top: 10, bottom: 38 },
    xAxis: categoryAxis(
      chart.windows.map((_, index) => String(index + 1)),
      frame.theme,
      { name: 'window', hasLine: true },
    ),
    yAxis: verticalAxis({ scale, label }, frame.theme),
    series: [
      markSeries(
        [{ axis: 'y', at: chart.mean, style: 'solid', width: 0.8, color: '--text-1' }],
        [{ axis: 'y', from: within(chart.marginLow), to: within(chart.marginHigh), color: '--chart-margin' }],
        frame.theme,
      ),
      boxSeries(chart, frame.theme.colors[color], Math.max(3, Math.min(9, slot * 0.22))),
    ],
  }
}
