import type { DiagnosticChart, DiagnosticResult } from '#core/diagnostics/results/diagnosticResult.ts'
import { readings } from '../reading/readings.ts'

/** What stands above a chart: its own title, or that of the diagnostic, and grey beside it the quantity that is drawn (empty when the title says it). */
export function chartTitle(chart: DiagnosticChart, result: DiagnosticResult): { title: string; definition: string } {
  const reading = readings[result.id]
  const own = 'title' in chart ? chart.title : undefined
  // The rest after a comma says of what: it gives way where there is no room.
  const [title, ...rest] = own?.split(', ') ?? []
  // The gap is that of the loss with weight decay where it was recorded, and then has another symbol.
  const usual = result.id === 'stationarity-gap' ? `${result.title} ${result.symbol}` : reading?.chartTitle
  return {
    title: title ?? usual ?? result.title,
    definition: definitionOf(chart, result, { own, rest: rest.join(', '), definition: reading?.definition ?? '' }),
  }
}

function definitionOf(
  chart: DiagnosticChart,
  result: DiagnosticResult,
  { own, rest, definition }: { own: string | undefined; rest: string; definition: string },
): string {
  if (own !== undefined) return rest !== '' || result.title === own ? rest : result.title
  if (chart.kind === 'distance-matrix') return `W₁ of ${chart.observable} over its baseline`
  // The line below the chart says which.
  if (chart.kind === 'window-quantiles') return 'quantiles'
  return chart.kind === 'spectrum' ? `of ${chart.observable}: ${definition}` : definition
}
