import type { DiagnosticResult } from '#core/diagnostics/diagnosticResult.ts'

/** A number that stands beside the estimate, by its label; NaN when it was not computed. */
export function detailValue({ details }: DiagnosticResult, label: string): number {
  return details.find((detail) => detail.label === label)?.value ?? Number.NaN
}

/** Smallest of the finite numbers whose label begins so; NaN when there is none. */
export function smallestDetail({ details }: DiagnosticResult, labelStart: string): number {
  const values = details
    .filter(({ label, value }) => label.startsWith(labelStart) && Number.isFinite(value))
    .map(({ value }) => value)
  return values.length > 0 ? Math.min(...values) : Number.NaN
}
