import type { LagChart } from '#core/diagnostics/results/diagnosticResult.ts'
import type { ColorToken } from '../plot/chartTheme.ts'
import type { LinePlot } from '../plot/linePlot.ts'
import type { PlotLine } from '../plot/plotLine.ts'
import type { LineDash } from '../plot/runStyle.ts'
import type { ChartContext } from './chartContext.ts'

/** How the curves of one chart are told apart: the run's colour first, then hues that no neighbour has, the last ones dashed. */
export function curveStyles(count: number, color: ColorToken): { color: ColorToken; dash: LineDash }[] {
  const hues: ColorToken[] = ['--run-6', '--run-7', '--run-8', '--run-4']
  const others = hues.filter((hue) => hue !== color)
  return Array.from({ length: count }, (_, index) => {
    if (index === 0) return { color, dash: 'solid' as const }
    const hue = others[index - 1]
    return hue ? { color: hue, dash: 'solid' as const } : { color: '--chart-label' as const, dash: 'dashed' as const }
  })
}

/** Correlation over the lag, with the band in which nothing is correlated. */
export function autocorrelationPlot(chart: LagChart, { color }: ChartContext): LinePlot {
  const [main] = chart.curves
  const styles = curveStyles(chart.curves.length, color)
  const lines = chart.curves.map((curve, index): PlotLine => ({
    id: curve.label,
    label: curve.label,
    ...(styles[index] ?? { color, dash: 'solid' }),
    x: curve.lags,
    y: curve.values,
    width: index === 0 ? 1.9 : 1.4,
    hasSymbols: false,
  }))
  const band = Number.isFinite(chart.reference)
    ? [{ axis: 'y' as const, from: -chart.reference, to: chart.reference }]
    : []
  return {
    lines: lines.toReversed(),
    x: { kind: 'lag' },
    y: { includeZero: true, include: [1] },
    references: [
      { axis: 'y', at: 0, style: 'solid', width: 0.8 },
      ...(main && Number.isFinite(main.parameter)
        ? [{ axis: 'x' as const, at: main.parameter, style: 'dotted' as const }]
        : []),
    ],
    shades: band,
  }
}

/** Where diffusion (exponent 1) would lead from the first point, until twice the largest value shown. */
function diffusionGuide(
  curve: { readonly lags: readonly number[]; readonly values: readonly number[] },
  top: number,
): { x: number[]; y: number[] } | null {
  const [lag, value] = [curve.lags[0], curve.values[0]]
  if (lag === undefined || value === undefined || !(lag > 0) || !(value > 0)) return null
  const last = curve.lags.at(-1) ?? lag
  const end = Math.min(last, (lag * top) / value)
  return { x: [lag, end], y: [value, (value * end) / lag] }
}

/** Mean-squared displacement over the lag, both logarithmic, with the plateau of a confined motion. */
export function displacementPlot(chart: LagChart, context: ChartContext): LinePlot {
  const [main] = chart.curves
  const styles = curveStyles(chart.curves.length, context.color)
  const others = context.companions.flatMap(({ runName, color, chart: other }): PlotLine[] => {
    const curve = other.kind === 'lag' ? other.curves[0] : undefined
    return curve
      ? [
          {
            id: `seed ${runName}`,
            label: runName,
            color,
            x: curve.lags,
            y: curve.values,
            width: 1.1,
            alpha: 0.8,
            hasSymbols: false,
          },
        ]
      : []
  })
  const top = 2 * Math.max(...chart.curves.flatMap(({ values }) => [...values]), chart.reference)
  return {
    lines: [
      ...others,
      ...chart.curves.map((curve, index): PlotLine => ({
        id: curve.label,
        label: curve.label,
        ...(styles[index] ?? { color: context.color }),
        x: curve.lags,
        y: curve.values,
        width: 1.9,
      })),
    ],
    x: { kind: 'lag', logarithmic: true },
    y: { logarithmic: true, include: [top] },
    references: [{ axis: 'y', at: chart.reference, style: 'dotted' }],
    guide: main ? diffusionGuide(main, top) : null,
  }
}
