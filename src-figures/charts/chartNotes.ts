import type {
  CurveChart,
  DiagnosticChart,
  DiagnosticResult,
  TrendChart,
} from '#core/diagnostics/results/diagnosticResult.ts'
import { formatNumber } from '#core/format/formatNumber.ts'
import type { ColorToken } from '../plot/chartTheme.ts'
import type { LineDash } from '../plot/runStyle.ts'
import { startsLogarithmic } from './chartDrawing.ts'
import { curveStyles } from './lagPlot.ts'
import { isInitialNear } from './trendPlot.ts'

/** A line of the small legend inside a plot: what a curve is, and the number read off it. */
export interface CurveNote {
  readonly label: string
  readonly value: string
  readonly color: ColorToken
  readonly dash: LineDash
}

/** τ in steps of each correlation, γ of the displacement; nothing for other charts. */
export function chartNotes(
  chart: DiagnosticChart,
  result: DiagnosticResult,
  color: ColorToken,
  isLogarithmic = startsLogarithmic(chart) ?? false,
): CurveNote[] {
  if (chart.kind === 'curve') return curveNotes(chart, color)
  if (chart.kind === 'trend') return trendNotes(chart, isLogarithmic)
  if (chart.kind === 'threshold' && Number.isFinite(chart.threshold))
    return [{ label: 'stable below', value: formatNumber(chart.threshold), color: '--chart-reference', dash: 'dashed' }]
  if (chart.kind !== 'lag') return []
  const styles = curveStyles(chart.curves.length, color)
  return chart.curves.map((curve, index) => ({
    label: curve.label,
    value: !Number.isFinite(curve.parameter)
      ? ''
      : chart.logarithmic
        ? `γ = ${formatNumber(Math.abs(curve.parameter) < 1e-12 ? 0 : curve.parameter, 2)}${index === 0 && result.verdict === 'pass' && curve.parameter < result.threshold ? ', confined' : ''}`
        : `τ = ${formatNumber(curve.parameter)} steps`,
    color: styles[index]?.color ?? color,
    dash: styles[index]?.dash ?? 'solid',
  }))
}

/** What stands behind the batch means: the start of the run, and what one probe cannot tell from zero. */
function trendNotes(chart: TrendChart, isLogarithmic: boolean): CurveNote[] {
  const { initial, floor } = chart
  const isDrawn = isLogarithmic || isInitialNear(chart, chart.values)
  const value = isDrawn ? formatNumber(initial) : `${formatNumber(initial)}, beyond the plot`
  return [
    ...(Number.isFinite(initial)
      ? [{ label: 'initial value', value, color: '--chart-reference', dash: 'dotted' } as const]
      : []),
    ...(floor.some(Number.isFinite)
      ? [{ label: 'noise floor of one probe', value: '', color: '--chart-label', dash: 'dashed' } as const]
      : []),
  ]
}

/** The names of several curves; one alone is named by the title. */
function curveNotes({ curves }: CurveChart, color: ColorToken): CurveNote[] {
  if (curves.length < 2) return []
  const styles = curveStyles(curves.filter(({ isReference }) => !isReference).length, color)
  let next = 0
  return curves.map(({ label, isReference }) => {
    const style = isReference ? { color: '--chart-label' as const, dash: 'dashed' as const } : styles[next++]
    return { label, value: '', color: style?.color ?? color, dash: style?.dash ?? 'solid' }
  })
}
