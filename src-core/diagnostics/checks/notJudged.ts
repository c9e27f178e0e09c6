import type { DiagnosticResult } from '../results/diagnosticResult.ts'

/** What stands for a finding about a run without bounds. */
export const notJudgedSummary = 'Not judged: the run diverged.'

/** Numbers of a run without bounds are shown, and judged by nothing. */
export function notJudged(result: DiagnosticResult): DiagnosticResult {
  return {
    ...result,
    verdict: 'unknown',
    reason: 'cannot say: the run diverged, so there is no law to judge',
    summary: notJudgedSummary,
  }
}
