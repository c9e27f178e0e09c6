import type { CustomSeriesOption } from 'echarts'
import type { RunMap } from '#core/diagnostics/acrossRuns/acrossRunsTypes.ts'
import { formatNumber } from '#core/format/formatNumber.ts'
import { shortenNames } from '#core/format/shortenNames.ts'
import { horizontalAxis, verticalAxis } from '../plot/axes.ts'
import { tickCounts, type ChartFrame, type ChartOption } from '../plot/chartOption.ts'
import type { ChartRow } from './chartTable.ts'
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

interface NamePlace {
  readonly x: number
  readonly y: number
  readonly align: 'left' | 'right' | 'center'
}

interface Box {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

const overlap = (a: Box, b: Box): number =>
  Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left)) *
  Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top))

const nameHeight = 12
const characterWidth = 6.1

/** Longest name on the map, in characters. */
const nameLength = 14

/** By run, cut so that the runs can be told apart. */
function namesOf({ runs }: Pick<RunMap, 'runs'>, styleOf: (runId: string) => MapStyle): ReadonlyMap<string, string> {
  const short = shortenNames(
    runs.map(({ runId }) => styleOf(runId).name),
    nameLength,
  )
  return new Map(runs.map(({ runId }, i) => [runId, short[i] ?? '']))
}

/** Where the names stand: for each run the place around its dot that covers least of the dots, of the lines between halves, of the names before it and of what is outside the plot. */
export function namePlaces(map: RunMap, styleOf: (runId: string) => MapStyle, frame: ChartFrame): NamePlace[] {
  const shortNames = namesOf(map, styleOf)
  const { x: xScale, y: yScale } = equalScales(map, frame)
  const [width, height] = [frame.width - grid.left - grid.right, frame.height - grid.top - grid.bottom]
  const pixelOf = (point: { readonly x: number; readonly y: number }): [number, number] => [
    grid.left + ((point.x - xScale.min) / (xScale.max - xScale.min)) * width,
    grid.top + ((yScale.max - point.y) / (yScale.max - yScale.min)) * height,
  ]
  const dots = map.runs.flatMap((run) =>
    [run, ...run.halves].map(pixelOf).map(([x, y]): Box => ({ left: x - 5, right: x + 5, top: y - 5, bottom: y + 5 })),
  )
  const lines = map.runs.flatMap(({ halves: [one, other] }) =>
    one && other ? alongLine(pixelOf(one), pixelOf(other)) : [],
  )
  const names: Box[] = []
  return map.runs.map((run) => {
    const length = characterWidth * (shortNames.get(run.runId) ?? '').length
    const candidates = candidatePlaces(pixelOf(run)).map((place) => {
      const left = place.x - { left: 0, right: length, center: length / 2 }[place.align]
      const box = { left, right: left + length, top: place.y, bottom: place.y + nameHeight }
      const outside = Math.max(0, 2 - left) + Math.max(0, box.right - frame.width + 2) + Math.max(0, 2 - box.top)
      const cost =
        1000 * outside +
        3 * names.reduce((sum, other) => sum + overlap(box, other), 0) +
        10 * dots.reduce((sum, dot) => sum + overlap(box, dot), 0) +
        3 * lines.reduce((sum, dot) => sum + overlap(box, dot), 0)
      return { place, box, cost }
    })
    const best = candidates.reduce((a, b) => (b.cost < a.cost ? b : a))
    names.push(best.box)
    return best.place
  })
}

/** Small boxes along a line, one for every few pixels. */
function alongLine([x1, y1]: [number, number], [x2, y2]: [number, number]): Box[] {
  const count = Math.max(1, Math.ceil(Math.hypot(x2 - x1, y2 - y1) / 4))
  return Array.from({ length: count }, (_, i) => {
    const [x, y] = [x1 + ((x2 - x1) * i) / count, y1 + ((y2 - y1) * i) / count]
    return { left: x - 2, right: x + 2, top: y - 2, bottom: y + 2 }
  })
}

/** Beside, above and below a dot, near ones first. */
function candidatePlaces([x, y]: [number, number]): NamePlace[] {
  const middle = y - nameHeight / 2
  return [8, 16, 26, 38, 52].flatMap((gap): NamePlace[] => [
    { x: x + gap, y: middle, align: 'left' },
    { x: x - gap, y: middle, align: 'right' },
    { x: x + gap, y: middle - gap, align: 'left' },
    { x: x - gap, y: middle - gap, align: 'right' },
    { x: x + gap, y: middle + gap, align: 'left' },
    { x: x - gap, y: middle + gap, align: 'right' },
    { x, y: middle - gap - 4, align: 'center' },
    { x, y: middle + gap + 4, align: 'center' },
  ])
}

function runSeries(map: RunMap, styleOf: (runId: string) => MapStyle, frame: ChartFrame): CustomSeriesOption {
  const { colors } = frame.theme
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
      return {
        type: 'group',
        children: [
          { type: 'line', shape: { x1, y1, x2, y2 }, style: { stroke: color, lineWidth: 1.4 } },
          ...halves,
          { type: 'circle', shape: { cx: x, cy: y, r: 4.4 }, style: { fill: color } },
        ],
      }
    },
  }
}

/** Below the dots, which no name may hide; none of many runs. */
function nameSeries(map: RunMap, styleOf: (runId: string) => MapStyle, frame: ChartFrame): CustomSeriesOption {
  const { colors, fontFamily } = frame.theme
  const shortNames = namesOf(map, styleOf)
  const places = map.runs.length <= labelledRuns ? namePlaces(map, styleOf, frame) : []
  return {
    type: 'custom',
    silent: true,
    animation: false,
    clip: false,
    z: 3,
    data: places.map((_, index) => [index]),
    renderItem: ({ dataIndex }) => {
      const [place, run] = [places[dataIndex], map.runs[dataIndex]]
      if (!place || !run) return null
      return {
        type: 'text',
        style: {
          ...place,
          text: shortNames.get(run.runId) ?? '',
          font: `11px ${fontFamily}`,
          fill: colors['--text-2'],
          // Legible where a line of a run passes.
          stroke: colors['--bg-surface'],
          lineWidth: 2.5,
        },
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
    series: [nameSeries(map, styleOf, frame), runSeries(map, styleOf, frame)],
  }
}

export function distanceName({ distance }: Pick<RunMap, 'distance'>): string {
  return distance === 'wasserstein1' ? 'W₁' : 'sliced W₂'
}

/** How faithful the map is, for the head of its panel. */
export function mapQuality({ runs, stress, explainedShare }: RunMap): string {
  return `${runs.length} runs, stress ${formatNumber(stress, 2)}, ${formatNumber(100 * explainedShare, 2)} % held`
}

/** The points of the map below a line of their names: the run, its middle and its halves. */
export function mapRows(map: RunMap, styleOf: (runId: string) => MapStyle): ChartRow[] {
  const points = map.runs.flatMap(({ runId, x, y, halves }): ChartRow[] => {
    const { name } = styleOf(runId)
    return [
      [runId, name, 'run', x, y],
      ...halves.map((half, i) => [runId, name, i === 0 ? 'first half' : 'second half', half.x, half.y]),
    ]
  })
  return [['run_id', 'run', 'part', 'x', 'y'], ...points]
}
