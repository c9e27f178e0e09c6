import type { TrendChart } from '#core/diagnostics/results/diagnosticResult.ts'
import { formatNumber } from '#core/format/formatNumber.ts'
import type { LinePlot } from '../plot/linePlot.ts'
import type { ReferenceLine, ShadedRange } from '../plot/marks.ts'
import type { PlotLine } from '../plot/plotLine.ts'
import type { ChartContext } from './chartContext.ts'

/** A start this many times above the judged values would flatten them: it is then named, not drawn. */
const largestInitialRatio = 4

/** Whether the start is drawn on a linear axis beside these batch means. */
export function isInitialNear({ initial }: Pick<TrendChart, 'initial'>, values: readonly number[]): boolean {
  return Math.abs(initial) <= largestInitialRatio * Math.max(...values.filter(Number.isFinite).map(Math.abs))
}

function meanLine(chart: TrendChart, context: ChartContext): PlotLine {
  const ends = [context.transientEnd, context.to]
  const at = (value: number): number[] => ends.map(() => value)
  const hasInterval = Number.isFinite(chart.low) && Number.isFinite(chart.high)
  return {
    id: 'mean',
    label: 'mean',
    color: '--text-1',
    x: ends,
    y: at(chart.mean),
    width: 1.2,
    hasSymbols: false,
    ...(hasInterval ? { low: at(chart.low), high: at(chart.high) } : {}),
  }
}

/** Below it one measurement cannot be told from zero. */
function floorLine({ steps, floor }: TrendChart): PlotLine[] {
  if (!floor.some(Number.isFinite)) return []
  return [
    {
      id: 'noise floor',
      label: 'noise floor of one probe',
      color: '--chart-label',
      x: steps,
      y: floor,
      width: 1.1,
      dash: 'dashed',
      hasSymbols: false,
    },
  ]
}

/** The largest of the judged batch means, of all seeds. */
function largestJudged(chart: TrendChart, context: ChartContext): number {
  const others = context.companions.flatMap((companion) =>
    companion.chart.kind === 'trend' ? companion.chart.values : [],
  )
  return Math.max(...[...chart.values, ...others].filter(Number.isFinite).map(Math.abs))
}

/** Recorded points: all, or those after the transient where its values would flatten the rest. */
function rawLine(raw: PlotLine, from: number): PlotLine {
  const kept = Array.from({ length: raw.x.length }, (_, i) => i).filter((i) => (raw.x[i] ?? NaN) >= from)
  const pick = (values: ArrayLike<number>): number[] => kept.map((i) => values[i] ?? NaN)
  return {
    ...raw,
    x: pick(raw.x),
    y: pick(raw.y),
    ...(raw.low && raw.high ? { low: pick(raw.low), high: pick(raw.high) } : {}),
  }
}

/** The batch means of an observable with mean and interval; recorded points and other seeds behind it, the start as reference. */
export function trendPlot(chart: TrendChart, context: ChartContext): LinePlot {
  const { isLogarithmic, raw, transientEnd, from, to } = context
  const limit = largestInitialRatio * largestJudged(chart, context)
  const isInitialShown = Number.isFinite(chart.initial) && (isLogarithmic || Math.abs(chart.initial) <= limit)
  const isTransientFlat =
    raw !== null &&
    !isLogarithmic &&
    Array.from(raw.high ?? raw.y).some((y, i) => (raw.x[i] ?? NaN) < transientEnd && Math.abs(y) > limit)
  const references: ReferenceLine[] = [
    ...(isInitialShown
      ? [
          {
            axis: 'y' as const,
            at: chart.initial,
            style: 'dotted' as const,
          },
        ]
      : []),
    ...(Number.isFinite(chart.reference) && isLogarithmic
      ? [{ axis: 'y' as const, at: chart.reference, label: `counts as zero below ${formatNumber(chart.reference, 2)}` }]
      : []),
  ]
  const transient: ShadedRange[] =
    transientEnd > from
      ? [{ axis: 'x', from, to: transientEnd, label: isTransientFlat ? 'transient,\nnot drawn' : 'transient' }]
      : []
  return {
    lines: [
      ...(raw ? [rawLine(raw, isTransientFlat ? transientEnd : from)] : []),
      ...context.companions.flatMap(({ runName, color, chart: other }): PlotLine[] =>
        other.kind === 'trend'
          ? [
              {
                id: `seed ${runName}`,
                label: runName,
                color,
                x: other.steps,
                y: other.values,
                width: 1.1,
                alpha: 0.75,
                hasSymbols: false,
              },
            ]
          : [],
      ),
      ...floorLine(chart),
      meanLine(chart, context),
      { id: 'batch means', label: 'batch mean', color: context.color, x: chart.steps, y: chart.values, width: 1.9 },
    ],
    x: { kind: 'step', range: [from, to] },
    y: {
      logarithmic: isLogarithmic,
      includeZero: !isLogarithmic,
      include: [...(isInitialShown ? [chart.initial] : []), ...(isLogarithmic ? [chart.reference] : [])],
    },
    references,
    shades: transient,
  }
}
