import type { DiagnosticChart, DiagnosticResult } from '#core/diagnostics/diagnosticResult.ts'
import { readings } from '../reading/readings.ts'

/** What stands above a chart: its title, and grey beside it the quantity that is drawn (empty when the title says it). */
export function chartTitle(chart: DiagnosticChart, result: DiagnosticResult): { title: string; definition: string } {
  const reading = readings[result.id]
  const title = chart.kind === 'curve' ? chart.title : (reading?.chartTitle ?? result.title)
  return { title, definition: definitionOf(chart, result, reading?.definition ?? '') }
}

function definitionOf(chart: DiagnosticChart, result: DiagnosticResult, definition: string): string {
  if (chart.kind === 'curve') return result.title === chart.title ? '' : result.title
  return chart.kind === 'distance-matrix' ? `W₁ of ${chart.observable} over its baseline` : definition
}
