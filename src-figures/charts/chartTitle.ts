import type { DiagnosticChart, DiagnosticResult } from '#core/diagnostics/diagnosticResult.ts'
import { readings } from '../reading/readings.ts'

/** What stands above a chart: its own title, or that of the diagnostic, and grey beside it the quantity that is drawn (empty when the title says it). */
export function chartTitle(chart: DiagnosticChart, result: DiagnosticResult): { title: string; definition: string } {
  const reading = readings[result.id]
  const own = 'title' in chart ? chart.title : undefined
  return {
    title: own ?? reading?.chartTitle ?? result.title,
    definition: definitionOf(chart, result, { own, definition: reading?.definition ?? '' }),
  }
}

function definitionOf(
  chart: DiagnosticChart,
  result: DiagnosticResult,
  { own, definition }: { own: string | undefined; definition: string },
): string {
  if (own !== undefined) return result.title === own ? '' : result.title
  return chart.kind === 'distance-matrix' ? `W₁ of ${chart.observable} over its baseline` : definition
}
