import type { DiagnosticChart, DiagnosticResult } from '#core/diagnostics/results/diagnosticResult.ts'
import { formatCounted, formatInteger } from '#core/format/formatCount.ts'
import type { ChartBuilder } from '../plot/chartOption.ts'
import type { LinePlot } from '../plot/linePlot.ts'
import type { ChartContext } from './chartContext.ts'
import { curvePlot } from './curvePlot.ts'
import { distanceMatrixOptions } from './distanceMatrixOptions.ts'
import { forestOptions } from './forestOptions.ts'
import { autocorrelationPlot, displacementPlot } from './lagPlot.ts'
import { spectrumOptions } from './spectrumOptions.ts'
import { thresholdPlot } from './thresholdPlot.ts'
import { trendPlot } from './trendPlot.ts'
import { startsLogarithmicQuantiles, windowQuantilesOptions } from './windowQuantilesOptions.ts'

/** A line plot has the shared cursor and zoom; anything else is drawn as it is. */
export type ChartDrawing =
  | { readonly kind: 'lines'; readonly plot: LinePlot }
  | { readonly kind: 'custom'; readonly build: ChartBuilder }

/** How a chart of a diagnostic is drawn. */
export function chartDrawing(chart: DiagnosticChart, context: ChartContext): ChartDrawing {
  switch (chart.kind) {
    case 'trend':
      return { kind: 'lines', plot: trendPlot(chart, context) }
    case 'lag':
      return {
        kind: 'lines',
        plot: chart.logarithmic ? displacementPlot(chart, context) : autocorrelationPlot(chart, context),
      }
    case 'threshold':
      return { kind: 'lines', plot: thresholdPlot(chart, context) }
    case 'window-quantiles':
      return { kind: 'custom', build: (frame) => windowQuantilesOptions(chart, context, frame) }
    case 'distance-matrix':
      return { kind: 'custom', build: (frame) => distanceMatrixOptions(chart, frame) }
    case 'forest':
      return { kind: 'custom', build: (frame) => forestOptions(chart, context, frame) }
    case 'curve':
      return { kind: 'lines', plot: curvePlot(chart, context) }
    case 'spectrum':
      return { kind: 'custom', build: (frame) => spectrumOptions(chart, context.color, frame) }
  }
}

/** What was drawn, for the right of the panel's head. */
export function drawnText(
  chart: DiagnosticChart,
  result: DiagnosticResult,
  context: Pick<ChartContext, 'companions'>,
): string {
  const points = formatCounted(result.sampleSize, 'point')
  const others = context.companions.length > 0 ? `, ${context.companions.length + 1} seeds` : ''
  switch (chart.kind) {
    case 'trend':
      return `${chart.values.length} means of ${points}${others}`
    case 'window-quantiles':
      return `${chart.windows.length} windows of ${points}`
    case 'distance-matrix':
      return `${chart.windows.length} windows`
    case 'forest': {
      const { sampleSize = result.sampleSize } = chart
      return sampleSize > 0 ? `n = ${formatInteger(sampleSize)}${others}` : ''
    }
    case 'threshold':
      return formatCounted(chart.values.length, 'probe')
    case 'curve':
      // A spectrum is made of its starting vectors.
      return result.id === 'spectral-density' ? formatCounted(result.sampleSize, 'start') : points
    case 'lag':
      return `${points}${chart.logarithmic ? others : ''}`
    case 'spectrum':
      return points
  }
}

/** Whether the vertical axis may be switched, and how it begins; undefined where there is only one way. */
export function startsLogarithmic(chart: DiagnosticChart): boolean | undefined {
  if (chart.kind === 'trend') return chart.logarithmic
  if (chart.kind === 'window-quantiles') return startsLogarithmicQuantiles(chart)
  return chart.kind === 'threshold' ? true : undefined
}
