import type { DiagnosticResult } from '#core/diagnostics/results/diagnosticResult.ts'

/** A number that stands beside the estimate, by its label; NaN when it was not computed. */
export function detailValue({ details }: DiagnosticResult, label: string): number {
  return details.find((detail) => detail.label === label)?.value ?? Number.NaN
}
