import type { DiagnosticResult } from '#core/diagnostics/results/diagnosticResult.ts'
import { missingReason } from './evidenceText.ts'

/** Diagnostics that cannot be said for one and the same reason, which is a sentence. */
export interface UnsaidRow {
  readonly results: readonly DiagnosticResult[]
  readonly reason: string
}

/** What cannot be said, each reason once, in the order in which the reasons first come. */
export function unsaidRows(results: readonly DiagnosticResult[]): UnsaidRow[] {
  const byReason = Map.groupBy(results, ({ reason }) => asSentence(missingReason(reason)))
  return [...byReason].map(([reason, same]) => ({ results: same, reason }))
}

/** With a capital letter, unless it begins with the name of a column or a sign of mathematics, and a full stop. */
export function asSentence(text: string): string {
  const [first = ''] = text.split(' ')
  const start = /^[a-z][a-z-]*[,:;]?$/.test(first) ? text.charAt(0).toUpperCase() + text.slice(1) : text
  return /[.?!]$/.test(start) || start === '' ? start : `${start}.`
}
