import type { DiagnosticResult } from '../results/diagnosticResult.ts'

/** The result for a run without bounds: its numbers are kept, and judged by nothing. */
export function notJudged(result: DiagnosticResult): DiagnosticResult {
  return {
    ...result,
    verdict: 'unknown',
    isJudged: false,
    reason: 'cannot say: the run diverged, so there is no law to judge',
    summary: 'Not judged: the run diverged.',
  }
}
