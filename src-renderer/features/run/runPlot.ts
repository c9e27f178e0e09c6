import { formatNumber } from '#core/format/formatNumber.ts'
import { sharpnessThreshold } from '#core/diagnostics/checks/curvature/sharpnessThreshold.ts'
import type { Series } from '#shared/contract/series.ts'
import { isLive, type RunDetail, type Segment } from '#shared/run.ts'
import type { LinePlot } from '#figures/plot/linePlot.ts'
import type { ReferenceLine, RulerSegment } from '#figures/plot/marks.ts'
import type { PlotLine } from '#figures/plot/plotLine.ts'
import { seriesLine } from '../../charts/seriesLine.ts'
import { learningRateText } from './learningRateText.ts'
import type { RunPanelSpec } from './runPanels.ts'

export interface RunPlotView {
  readonly isLogarithmic: boolean
  readonly zoom: readonly [number, number] | null
}

export function rulerSegments(segments: readonly Segment[], lastStep: number): RulerSegment[] {
  return segments.map((segment) => ({
    from: segment.from,
    to: segment.to ?? lastStep,
    label: segment.learningRate === null ? 'η varies' : learningRateText(segment.learningRate),
  }))
}

function threshold(segment: Segment | undefined): number {
  if (!segment || segment.learningRate === null) return NaN
  return sharpnessThreshold({
    learningRate: segment.learningRate,
    momentum: segment.momentum ?? 0,
    nesterov: segment.nesterov ?? false,
  })
}

/** The threshold as a line of steps, where it differs from segment to segment. */
function thresholdLine(segments: readonly Segment[], lastStep: number): PlotLine {
  const ends = segments.flatMap(
    (segment) =>
      [
        [segment.from, threshold(segment)],
        [segment.to ?? lastStep, threshold(segment)],
      ] as const,
  )
  return {
    id: 'threshold',
    label: '2(1+μ)/η',
    color: '--chart-reference',
    dash: 'dashed',
    width: 1,
    hasSymbols: false,
    x: ends.map(([step]) => step),
    y: ends.map(([, value]) => value),
  }
}

const roundEnds = [1, 1.5, 2, 3, 5, 7, 10]

/** End of the horizontal axis of a live run: somewhat ahead of it, growing in round leaps, at most the planned end. */
export function liveEnd(steps: number, plannedSteps: number | null): number {
  const wanted = Math.max(1.2 * steps, 10)
  const power = 10 ** Math.floor(Math.log10(wanted))
  return Math.min(plannedSteps ?? Infinity, (roundEnds.find((end) => end * power >= wanted) ?? 10) * power)
}

/** A record of which less than this share is missing at its beginning is drawn from step 0. */
const missingBeginning = 0.2

/** Where the horizontal axis begins: at 0, or where an import that began late has its first point. */
function firstShown({ source }: RunDetail['run'], lines: readonly PlotLine[], end: number): number {
  const first = Math.min(...lines.map(({ x }) => x[0] ?? Infinity))
  return source === 'imported' && Number.isFinite(first) && first > missingBeginning * end ? first : 0
}

/** One panel of a run as a plot: its lines, segments, non-finite points, and where it is now while it trains. */
export function runPlot(spec: RunPanelSpec, series: readonly Series[], detail: RunDetail, view: RunPlotView): LinePlot {
  const { run, segments } = detail
  const live = isLive(run.status)
  const lastStep = Math.max(run.steps, 1)
  const lines = spec.lines.flatMap((line) => {
    const found = series.find((one) => one.metric === line.metric)
    if (!found || found.x.length === 0) return []
    const identity = { id: line.metric, label: line.label, color: line.color }
    return [
      seriesLine(found, identity, {
        ...(line.transform ? { transform: line.transform } : {}),
        breaks: segments.slice(1).map((segment) => segment.from),
        hasTail: live,
      }),
    ]
  })
  const end = live ? liveEnd(lastStep, run.plannedSteps) : lastStep
  const start = firstShown(run, lines, end)
  const limits = new Set(spec.hasThreshold ? segments.map(threshold).filter(Number.isFinite) : [])
  const limit = limits.size === 1 ? threshold(segments[0]) : NaN
  if (limits.size > 1) lines.push(thresholdLine(segments, lastStep))
  const references: ReferenceLine[] = [
    ...(Number.isFinite(limit)
      ? [{ axis: 'y' as const, at: limit, label: `2(1+μ)/η = ${formatNumber(limit)}`, labelAt: 'start' as const }]
      : []),
    ...(live && view.zoom === null
      ? [{ axis: 'x' as const, at: lastStep - 1, style: 'solid' as const, color: '--accent' as const }]
      : []),
  ]
  const bad = series.map((one) => one.nonFinite).filter((one) => one.firstStep !== null)
  return {
    lines,
    x: { kind: 'step', range: view.zoom ?? [start, end] },
    y: {
      logarithmic: view.isLogarithmic,
      includeZero: spec.includesZero,
      ...(Number.isFinite(limit) && view.isLogarithmic ? { include: [limit] } : {}),
    },
    references,
    segments: rulerSegments(segments, end),
    nonFinite: {
      x: bad.flatMap((one) => [...one.x]),
      from: bad.length > 0 ? Math.min(...bad.map((one) => one.firstStep ?? Infinity)) : null,
    },
  }
}
