import { finiteRange } from './axisRange.ts'
import { horizontalAxis, leftRoom, verticalAxis } from './axes.ts'
import { tickCounts, type ChartFrame, type ChartOption, type ChartSeries } from './chartOption.ts'
import type { HorizontalKind, LinePlot } from './linePlot.ts'
import { clearOfLines, withLabelsInside } from './clearOfLines.ts'
import { bandSeries, dotSeries, errorBarSeries, linePairs, lineSeries, symbolLimit } from './lineSeries.ts'
import { markSeries, nonFiniteSeries, rulerHeight, segmentRulerSeries } from './marks.ts'
import type { PlotLine } from './plotLine.ts'
import { clockTickLabel, elapsedTickLabel, linearTickLabel, logTickLabel } from './tickLabels.ts'
import { exactLinearScale, logScale, niceLinearScale, type AxisScale } from './ticks.ts'

const axisNames: Record<HorizontalKind, string> = {
  step: 'step',
  epoch: 'epoch',
  wall_time: 'time of day',
  relative_time: 'time since start',
  lag: 'lag, steps',
  quantity: '',
}

function horizontalLabel(kind: HorizontalKind, scale: AxisScale): (value: number) => string {
  if (kind === 'wall_time') return clockTickLabel(scale.ticks)
  if (scale.logarithmic) return logTickLabel
  return kind === 'relative_time' ? elapsedTickLabel(scale.ticks) : linearTickLabel(scale.ticks)
}

/** Scale of x: the range asked for, else that of the data; a logarithmic one begins at the first positive position. */
export function horizontalScale(plot: LinePlot, count: number): AxisScale {
  const logarithmic = plot.x.logarithmic ?? false
  const positions = plot.lines.map((line) => line.x)
  const [low, high] = plot.x.range ??
    finiteRange(plot.density ? [...positions, plot.density.x] : positions, logarithmic) ?? [
      logarithmic ? 1 : 0,
      logarithmic ? 10 : 1,
    ]
  if (!logarithmic) return exactLinearScale(low, high, count)
  const firstPositive = low > 0 ? low : (finiteRange(positions, true)?.[0] ?? 1)
  return logScale(firstPositive, Math.max(high, firstPositive), count, false)
}

/** Scale of y around everything that is drawn inside the shown x range: lines, what lies behind them, and the values asked for. */
export function verticalScale(plot: LinePlot, count: number, x: AxisScale): AxisScale {
  const logarithmic = plot.y.logarithmic ?? false
  const shown = (line: PlotLine, values: ArrayLike<number>): number[] =>
    Array.from({ length: line.x.length }, (_, i) => i)
      .filter((i) => (line.x[i] ?? NaN) >= x.min && (line.x[i] ?? NaN) <= x.max)
      .map((i) => values[i] ?? NaN)
  const arrays = plot.lines.flatMap((line) =>
    [line.y, line.raw, line.low, line.high].flatMap((values) => (values ? [shown(line, values)] : [])),
  )
  const range = finiteRange([...arrays, ...(plot.density?.curves ?? []), plot.y.include ?? []], logarithmic)
  const [low, high] = range ?? [logarithmic ? 0.1 : 0, 1]
  return logarithmic ? logScale(low, high, count, true) : niceLinearScale(low, high, count, plot.y.includeZero ?? false)
}

function seriesOfLine(line: PlotLine, plot: LinePlot, frame: ChartFrame, floor: number | null): ChartSeries[] {
  const { theme } = frame
  const color = theme.colors[line.color]
  const isHighlighted = plot.highlightedIds?.includes(line.id) ?? false
  const fade = plot.highlightedIds == null || isHighlighted ? 1 : theme.fadedAlpha
  const positiveOnly = floor !== null
  const series: ChartSeries[] = []
  if (line.low && line.high) series.push(bandSeries(line, color, theme.bandAlpha * fade, floor))
  if (line.raw)
    series.push(
      lineSeries(linePairs(line.x, line.raw, positiveOnly), {
        color,
        width: 1,
        alpha: theme.rawAlpha * fade,
        layer: 2,
      }),
    )
  if (line.errors) series.push(errorBarSeries(line, color, floor))
  series.push(
    lineSeries(linePairs(line.x, line.y, positiveOnly, line.breaks), {
      color,
      width: isHighlighted ? 2.25 : (line.width ?? 1.6),
      alpha: (line.alpha ?? 1) * fade,
      dash: line.dash ?? 'solid',
      hasSymbols: line.hasSymbols ?? (line.x.length <= symbolLimit && !line.raw),
      layer: isHighlighted ? 5 : 3,
    }),
  )
  const tail = line.hasTail ? lastFinite(line) : null
  if (tail) series.push(dotSeries([tail], color, { size: 7, rim: theme.colors['--bg-surface'], layer: 8 }))
  return series
}

function guideSeries(
  guide: { readonly x: readonly number[]; readonly y: readonly number[] },
  color: string,
): ChartSeries {
  const series = lineSeries(linePairs(guide.x, guide.y, true), { color, width: 1.2, alpha: 1, layer: 5 })
  return { ...series, lineStyle: { ...series.lineStyle, type: [5, 4] } }
}

function lastFinite(line: PlotLine): [number, number] | null {
  for (let i = line.x.length - 1; i >= 0; i--) {
    const y = line.y[i] ?? NaN
    if (Number.isFinite(y)) return [line.x[i] ?? NaN, y]
  }
  return null
}

function densitySeries(plot: LinePlot, frame: ChartFrame, floor: number | null): ChartSeries[] {
  const bands = plot.density
  if (!bands) return []
  const pairs = Math.floor(bands.curves.length / 2)
  return Array.from({ length: pairs }, (_, k) => {
    const low = bands.curves[k] ?? []
    const high = bands.curves[bands.curves.length - 1 - k] ?? []
    const line: PlotLine = { id: `density-${k}`, label: '', color: '--text-3', x: bands.x, y: low, low, high }
    return bandSeries(line, frame.theme.colors['--text-3'], 0.13, floor)
  })
}

/** The whole option of a line chart: pure, from data, theme and size. */
export function linePlotOptions(plot: LinePlot, frame: ChartFrame): ChartOption {
  const { theme } = frame
  const counts = tickCounts(frame)
  const x = horizontalScale(plot, counts.x)
  const y = verticalScale(plot, counts.y, x)
  const yLabel = y.logarithmic ? logTickLabel : linearTickLabel(y.ticks)
  const floor = y.logarithmic ? y.min : null
  const segments = (plot.segments ?? []).length > 1 ? (plot.segments ?? []) : []
  const diverged = plot.nonFinite?.from ?? null
  const [top, bottom] = [segments.length > 0 ? 10 + rulerHeight : 10, 38]
  const place = { y, height: frame.height - top - bottom }
  const references = [
    ...withLabelsInside(plot.references ?? [], place),
    ...(diverged === null
      ? []
      : [{ axis: 'x' as const, at: diverged, style: 'solid' as const, color: '--v-diverged' as const, width: 1.2 }]),
  ]
  const shades = [
    ...(plot.shades ?? []),
    ...(diverged === null
      ? []
      : [{ axis: 'x' as const, from: diverged, to: x.max, color: '--v-diverged-soft' as const, alpha: 0.6 }]),
  ]
  return {
    animation: false,
    grid: { left: leftRoom(y.ticks.map(yLabel)), right: 14, top, bottom },
    xAxis: horizontalAxis(
      { scale: x, label: horizontalLabel(plot.x.kind, x), name: plot.x.name ?? axisNames[plot.x.kind] },
      theme,
    ),
    yAxis: verticalAxis({ scale: y, label: yLabel }, theme),
    series: [
      markSeries(references, clearOfLines(shades, references, place), theme),
      ...densitySeries(plot, frame, floor),
      ...plot.lines.flatMap((line) => seriesOfLine(line, plot, frame, floor)),
      ...(plot.guide ? [guideSeries(plot.guide, theme.colors['--chart-reference'])] : []),
      ...(segments.length > 0 ? [segmentRulerSeries(segments, theme)] : []),
      ...(plot.nonFinite && plot.nonFinite.x.length > 0 ? [nonFiniteSeries(plot.nonFinite.x, theme)] : []),
    ],
  }
}
