import type { CustomSeriesOption } from 'echarts'
import type { RunMap } from '#core/diagnostics/acrossRunsTypes.ts'
import { formatNumber } from '#core/format/formatNumber.ts'
import { shortenMiddle } from '#core/format/shortenMiddle.ts'
import { horizontalAxis, verticalAxis } from '../plot/axes.ts'
import { tickCounts, type ChartFrame, type ChartOption } from '../plot/chartOption.ts'
import type { ColorToken } from '../plot/chartTheme.ts'
import { linearTickLabel } from '../plot/tickLabels.ts'
import { exactLinearScale, type AxisScale } from '../plot/ticks.ts'

/** How a run is named and coloured on the map. */
export interface MapStyle {
  readonly name: string
  readonly color: ColorToken
}

const grid = { left: 52, right: 18, top: 12, bottom: 38 }
/** Room around the outermost points, as share of the plot. */
const room = 0.12
const labelledRuns = 12

/** Scales of both axes with one unit per pixel in common, so that distances can be read in every direction; centred on the origin, as the map is. */
export function equalScales({ runs }: Pick<RunMap, 'runs'>, frame: ChartFrame): { x: AxisScale; y: AxisScale } {
  const width = Math.max(1, frame.width - grid.left - grid.right)
  const height = Math.max(1, frame.height - grid.top - grid.bottom)
  const points = runs.flatMap(({ halves }) => halves)
  const farthest = (axis: 'x' | 'y') => Math.max(...points.map((point) => Math.abs(point[axis])))
  const perPixel = Math.max(farthest('x') / width, farthest('y') / height) / (0.5 - room)
  const counts = tickCounts(frame)
  const scale = (pixels: number, count: number) =>
    exactLinearScale((-pixels * perPixel) / 2, (pixels * perPixel) / 2, count)
  return { x: scale(width, counts.x), y: scale(height, counts.y) }
}

function runSeries(map: RunMap, styleOf: (runId: string) => MapStyle, frame: ChartFrame): CustomSeriesOption {
  const { colors, fontFamily } = frame.theme
  return {
    type: 'custom',
    silent: true,
    animation: false,
    clip: false,
    z: 4,
    data: map.runs.map(({ x, y }) => [x, y]),
    renderItem: (params, api) => {
      const run = map.runs[params.dataIndex]
      if (!run) return null
      const style = styleOf(run.runId)
      const color = colors[style.color]
      const ends = run.halves.map(({ x, y }) => api.coord([x, y]))
      const [[x1 = NaN, y1 = NaN] = [], [x2 = NaN, y2 = NaN] = []] = ends
      const [x = NaN, y = NaN] = api.coord([run.x, run.y])
      const halves = [
        [x1, y1],
        [x2, y2],
      ].map(([cx = NaN, cy = NaN]) => ({
        type: 'circle' as const,
        shape: { cx, cy, r: 3.4 },
        style: { fill: colors['--bg-surface'], stroke: color, lineWidth: 1.4 },
      }))
      const name = {
        type: 'text' as const,
        style: {
          text: shortenMiddle(style.name, 14),
          x: x + 7,
          y: y - 9,
          font: `11px ${fontFamily}`,
          fill: colors['--text-2'],
        },
      }
      return {
        type: 'group',
        children: [
          { type: 'line', shape: { x1, y1, x2, y2 }, style: { stroke: color, lineWidth: 1.4 } },
          ...halves,
          { type: 'circle', shape: { cx: x, cy: y, r: 4.4 }, style: { fill: color } },
          ...(map.runs.length <= labelledRuns ? [name] : []),
        ],
      }
    },
  }
}

/** The runs in the plane: a dot in the run's colour, its two halves hollow and joined. Equal axes. */
export function runMapOptions(map: RunMap, styleOf: (runId: string) => MapStyle, frame: ChartFrame): ChartOption {
  const { x, y } = equalScales(map, frame)
  const name = `${distanceName(map)}, first axis`
  return {
    animation: false,
    grid,
    xAxis: horizontalAxis({ scale: x, label: linearTickLabel(x.ticks), name, hasGrid: true }, frame.theme),
    yAxis: verticalAxis({ scale: y, label: linearTickLabel(y.ticks) }, frame.theme),
    series: [runSeries(map, styleOf, frame)],
  }
}

export function distanceName({ distance }: Pick<RunMap, 'distance'>): string {
  return distance === 'wasserstein1' ? 'W₁' : 'sliced W₂'
}

/** How faithful the map is, for the head of its panel. */
export function mapQuality({ runs, stress, explainedShare }: RunMap): string {
  return `${runs.length} runs, stress ${formatNumber(stress, 2)}, ${formatNumber(100 * explainedShare, 2)} % held`
}

/** The points of the map as CSV: the run, its middle and its halves. */
export function mapTable(map: RunMap, styleOf: (runId: string) => MapStyle): string {
  const rows = map.runs.flatMap(({ runId, x, y, halves }) => {
    const name = `"${styleOf(runId).name.replaceAll('"', '""')}"`
    return [
      [runId, name, 'run', x, y],
      ...halves.map((half, i) => [runId, name, i === 0 ? 'first half' : 'second half', half.x, half.y]),
    ]
  })
  return `${[['run_id', 'run', 'part', 'x', 'y'], ...rows].map((row) => row.join(',')).join('\n')}\n`
}
