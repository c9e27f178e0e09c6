import type { DiagnosticResult } from './diagnosticResult.ts'

type Required = Pick<DiagnosticResult, 'id' | 'title' | 'symbol' | 'verdict' | 'reason' | 'summary' | 'assumption'>

/**
 * A result with every number that is not given, or that overflowed, set to NaN: what was not computed is never shown as a value.
 * The reason of an unknown one begins with "cannot say".
 */
export function createDiagnosticResult(fields: Required & Partial<DiagnosticResult>): DiagnosticResult {
  const { verdict, reason, details = [] } = fields
  return {
    confidence: 0.95,
    sampleSize: 0,
    effectiveSampleSize: Number.NaN,
    autocorrelationTime: Number.NaN,
    unit: '',
    marginLow: Number.NaN,
    marginHigh: Number.NaN,
    threshold: Number.NaN,
    charts: [],
    isJudged: true,
    ...fields,
    estimate: finite(fields.estimate),
    low: finite(fields.low),
    high: finite(fields.high),
    details: details.map((detail) => ({ ...detail, value: finite(detail.value) })),
    reason: verdict === 'unknown' && !reason.startsWith('cannot say') ? `cannot say: ${reason}` : reason,
  }
}

function finite(value: number = Number.NaN): number {
  return Number.isFinite(value) ? value : Number.NaN
}
