import type { ThresholdChart } from '#core/diagnostics/results/diagnosticResult.ts'
import type { LinePlot } from '../plot/linePlot.ts'
import type { ChartContext } from './chartContext.ts'

/** Sharpness over the judged steps, its residual as error bar, against the threshold of stability. */
export function thresholdPlot(chart: ThresholdChart, context: ChartContext): LinePlot {
  const isKnown = Number.isFinite(chart.threshold)
  return {
    lines: [
      {
        id: 'sharpness',
        label: context.runName,
        color: context.color,
        x: chart.steps,
        y: chart.values,
        ...(chart.errors.length === chart.values.length ? { errors: chart.errors } : {}),
      },
    ],
    x: { kind: 'step', range: [context.transientEnd, context.to] },
    y: {
      logarithmic: context.isLogarithmic,
      includeZero: !context.isLogarithmic,
      include: isKnown ? [chart.threshold] : [],
    },
    references: isKnown ? [{ axis: 'y', at: chart.threshold }] : [],
  }
}
