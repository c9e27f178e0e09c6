import type { CurveChart } from '#core/diagnostics/results/diagnosticResult.ts'
import type { LinePlot } from '../plot/linePlot.ts'
import type { PlotLine } from '../plot/plotLine.ts'
import type { ChartContext } from './chartContext.ts'
import { curveStyles } from './lagPlot.ts'

/** Curves over a named quantity; references for comparison are dashed and grey, intervals are bands. */
export function curvePlot(chart: CurveChart, { color }: ChartContext): LinePlot {
  const styles = curveStyles(chart.curves.filter(({ isReference }) => !isReference).length, color)
  let next = 0
  const lines = chart.curves.map((curve): PlotLine => {
    const style = curve.isReference ? { color: '--chart-label' as const, dash: 'dashed' as const } : styles[next++]
    return {
      id: curve.label,
      label: curve.label,
      ...(style ?? { color, dash: 'solid' as const }),
      x: curve.x,
      y: curve.y,
      ...(curve.low.length === curve.x.length ? { low: curve.low, high: curve.high } : {}),
      width: curve.isReference ? 1.2 : 1.8,
      hasSymbols: false,
    }
  })
  return {
    lines: lines.toReversed(),
    x: { kind: 'quantity', name: chart.xName, logarithmic: chart.isLogarithmicX },
    y: {
      logarithmic: chart.isLogarithmicY,
      includeZero: !chart.isLogarithmicY,
      include: chart.references.flatMap(({ axis, at }) => (axis === 'y' ? [at] : [])),
    },
    references: chart.references.map(({ axis, at, label }) => ({ axis, at, label })),
  }
}
