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
      // Room on both sides: on the axis the line of the threshold could not be seen.
      include: isKnown ? [0.99 * chart.threshold, 1.01 * chart.threshold] : [],
    },
    references: isKnown ? [{ axis: 'y', at: chart.threshold }] : [],
  }
}
