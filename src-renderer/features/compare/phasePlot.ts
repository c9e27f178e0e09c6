import { formatCount, formatCounted } from '#core/format/formatCount.ts'
import { finiteRange } from '#figures/plot/axisRange.ts'
import { horizontalAxis, leftRoom, verticalAxis } from '#figures/plot/axes.ts'
import { tickCounts, type ChartFrame, type ChartOption, type ChartSeries } from '#figures/plot/chartOption.ts'
import type { ColorToken } from '#figures/plot/chartTheme.ts'
import { dotSeries, lineSeries } from '#figures/plot/lineSeries.ts'
import { linearTickLabel, logTickLabel } from '#figures/plot/tickLabels.ts'
import { logScale, niceLinearScale, type AxisScale } from '#figures/plot/ticks.ts'

/** One run in the plane of two metrics. */
export interface PhaseCloud {
  readonly id: string
  readonly label: string
  readonly color: ColorToken
  readonly x: ArrayLike<number>
  readonly y: ArrayLike<number>
  /** Points without a place, whose y would be the root of an estimate below zero. */
  readonly belowZeroCount: number
}

/** The points of a run: x and y of a phase series, y as the root where the square of the norm was recorded. An unbiased estimate of it below zero has no root, and no dot. */
export function phaseCloud(
  identity: Pick<PhaseCloud, 'id' | 'label' | 'color'>,
  { x, y }: { readonly x: Float64Array; readonly y: Float64Array },
  isSquared: boolean,
): PhaseCloud {
  if (!isSquared) return { ...identity, x, y, belowZeroCount: 0 }
  return { ...identity, x, y: y.map(Math.sqrt), belowZeroCount: y.filter((value) => value < 0).length }
}

export interface PhasePlot {
  readonly clouds: readonly PhaseCloud[]
  readonly xName: string
  readonly isLogarithmic: boolean
  readonly highlightedIds: readonly string[] | null
}

/** Paths with fewer points are also connected: their order can be read. */
const pathLimit = 60

/** More dots in all hold the window up: of every run then fewer are drawn, never so few that a cloud would be taken for a path. */
const dotLimit = 18_000
const cloudLimit = 1500

/** Dots that are drawn of each of so many runs, at most. */
export function dotsPerRun(runCount: number): number {
  return Math.max(pathLimit + 1, Math.min(cloudLimit, Math.floor(dotLimit / Math.max(1, runCount))))
}

function scale(arrays: ArrayLike<number>[], isLogarithmic: boolean, count: number): AxisScale {
  const [low, high] = finiteRange(arrays, isLogarithmic) ?? [isLogarithmic ? 0.1 : 0, 1]
  return isLogarithmic ? logScale(low, high, count, false) : niceLinearScale(low, high, count, true)
}

function finitePoints({ x, y }: PhaseCloud): [number, number][] {
  return Array.from({ length: x.length }, (_, i): [number, number] => [x[i] ?? NaN, y[i] ?? NaN]).filter(
    ([px, py]) => Number.isFinite(px) && Number.isFinite(py),
  )
}

const hasLogarithms = ([px, py]: readonly [number, number]): boolean => px > 0 && py > 0

/** How many dots are drawn, of how many recorded points, and how many have no place: `80 of 100 points; 20 below 0`. Empty where nothing was recorded. */
export function phaseDrawnText(clouds: readonly PhaseCloud[], pointCount: number, isLogarithmic: boolean): string {
  if (pointCount === 0) return ''
  const finite = clouds.flatMap(finitePoints)
  const dots = isLogarithmic ? finite.filter(hasLogarithms) : finite
  const hidden = clouds.reduce((sum, cloud) => sum + cloud.belowZeroCount, finite.length - dots.length)
  const without = hidden === 0 ? '' : `; ${formatCount(hidden)} ${isLogarithmic ? 'not above' : 'below'} 0`
  return `${formatCount(dots.length)} of ${formatCounted(pointCount, 'point')}${without}`
}

/** Loss against gradient norm: a run that stops ends in a point at the origin, one with an invariant measure stays a cloud. */
export function phasePlotOptions(plot: PhasePlot, frame: ChartFrame): ChartOption {
  const { theme } = frame
  const counts = tickCounts(frame)
  const x = scale(
    plot.clouds.map((cloud) => cloud.x),
    plot.isLogarithmic,
    counts.x,
  )
  const y = scale(
    plot.clouds.map((cloud) => cloud.y),
    plot.isLogarithmic,
    counts.y,
  )
  const xLabel = plot.isLogarithmic ? logTickLabel : linearTickLabel(x.ticks)
  const yLabel = plot.isLogarithmic ? logTickLabel : linearTickLabel(y.ticks)
  const series = plot.clouds.flatMap((cloud): ChartSeries[] => {
    const fade = plot.highlightedIds === null || plot.highlightedIds.includes(cloud.id) ? 1 : theme.fadedAlpha / 4
    const points = finitePoints(cloud).filter((point) => !plot.isLogarithmic || hasLogarithms(point))
    const isPath = points.length <= pathLimit
    const dots = dotSeries(points, theme.colors[cloud.color], {
      size: isPath ? 6 : 3.8,
      alpha: (isPath ? 0.95 : 0.55) * fade,
    })
    return isPath
      ? [lineSeries(points, { color: theme.colors[cloud.color], width: 1, alpha: 0.6 * fade, layer: 2 }), dots]
      : [dots]
  })
  return {
    animation: false,
    grid: { left: leftRoom(y.ticks.map(yLabel)), right: 18, top: 10, bottom: 38 },
    xAxis: horizontalAxis({ scale: x, label: xLabel, name: plot.xName, hasGrid: true }, theme),
    yAxis: verticalAxis({ scale: y, label: yLabel }, theme),
    series,
  }
}
