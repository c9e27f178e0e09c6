import type { CustomSeriesOption } from 'echarts'
import type { SpectrumChart } from '#core/diagnostics/results/diagnosticResult.ts'
import { formatNumber } from '#core/format/formatNumber.ts'
import { horizontalAxis, leftRoom, verticalAxis } from '../plot/axes.ts'
import { tickCounts, type ChartFrame, type ChartOption } from '../plot/chartOption.ts'
import type { ColorToken } from '../plot/chartTheme.ts'
import { markSeries } from '../plot/marks.ts'
import { linearTickLabel, logTickLabel } from '../plot/tickLabels.ts'
import { logScale, niceLinearScale } from '../plot/ticks.ts'

/** A stem of the spectrum: period in steps, share of the variance in per cent. */
export interface SpectrumStem {
  readonly period: number
  readonly percent: number
}

export function spectrumStems({ frequencies, shares }: SpectrumChart): SpectrumStem[] {
  return frequencies.flatMap((frequency, index) => {
    const share = shares[index] ?? NaN
    return frequency > 0 && Number.isFinite(share) ? [{ period: 1 / frequency, percent: 100 * share }] : []
  })
}

function stemSeries(stems: readonly SpectrumStem[], color: string, floor: number): CustomSeriesOption {
  return {
    type: 'custom',
    silent: true,
    animation: false,
    z: 3,
    data: stems.map(({ period, percent }) => [period, percent]),
    renderItem: (params, api) => {
      const stem = stems[params.dataIndex]
      if (!stem) return null
      const [x = NaN, y = NaN] = api.coord([stem.period, stem.percent])
      const base = api.coord([stem.period, floor])[1] ?? NaN
      return { type: 'line', shape: { x1: x, x2: x, y1: base, y2: y }, style: { stroke: color, lineWidth: 1.6 } }
    },
  }
}

/** Shares of the variance by period, logarithmic in the period; the strongest line is named, and what is too slow for one is shaded. */
export function spectrumOptions(chart: SpectrumChart, color: ColorToken, frame: ChartFrame): ChartOption {
  const stems = spectrumStems(chart)
  const counts = tickCounts(frame)
  const periods = stems.map(({ period }) => period)
  const x = logScale(0.8 * Math.min(...periods), 1.1 * Math.max(...periods), counts.x, false)
  const y = niceLinearScale(0, highestShown(stems, chart.longestPeriod), counts.y, true)
  const label = linearTickLabel(y.ticks)
  const hasPeak = Number.isFinite(chart.peakPeriod)
  const isLeft = Math.log(chart.peakPeriod / x.min) < 0.5 * Math.log(x.max / x.min)
  return {
    animation: false,
    grid: { left: leftRoom(y.ticks.map(label)), right: 14, top: 18, bottom: 38 },
    xAxis: horizontalAxis({ scale: x, label: logTickLabel, name: 'period, steps' }, frame.theme),
    yAxis: verticalAxis({ scale: y, label }, frame.theme),
    series: [
      markSeries(
        [],
        chart.longestPeriod < x.max ? [{ axis: 'x', from: chart.longestPeriod, to: x.max, label: 'wandering' }] : [],
        frame.theme,
      ),
      stemSeries(stems, frame.theme.colors[color], y.min),
      ...(hasPeak ? [peakSeries(chart.peakPeriod, isLeft, frame)] : []),
    ],
  }
}

/** Highest share that the axis holds, with room above stems in the shade for its name. */
function highestShown(stems: readonly SpectrumStem[], longestPeriod: number): number {
  const shareOf = ({ period, percent }: SpectrumStem): number => (period > longestPeriod ? 1.2 : 1) * percent
  return Math.max(1e-6, ...stems.map(shareOf))
}

/** A dashed line at the strongest period, named at its top on the side with more room. */
function peakSeries(period: number, isLeft: boolean, frame: ChartFrame): CustomSeriesOption {
  const color = frame.theme.colors['--chart-reference']
  return {
    type: 'custom',
    silent: true,
    animation: false,
    clip: false,
    z: 2,
    data: [[period, 0]],
    renderItem: (params, api) => {
      // The coordinate system of a custom series on a grid carries the grid's rectangle.
      const plot = params.coordSys as unknown as { y: number; height: number }
      const x = api.coord([period, 0])[0] ?? NaN
      return {
        type: 'group',
        children: [
          {
            type: 'line',
            shape: { x1: x, x2: x, y1: plot.y - 6, y2: plot.y + plot.height },
            style: { stroke: color, lineWidth: 1, lineDash: [4, 3] },
          },
          {
            type: 'text',
            style: {
              text: `period ${formatNumber(period)} steps`,
              x: x + (isLeft ? 5 : -5),
              y: plot.y - 10,
              align: isLeft ? 'left' : 'right',
              font: `11px ${frame.theme.fontFamily}`,
              fill: color,
            },
          },
        ],
      }
    },
  }
}
