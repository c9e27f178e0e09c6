import type { DiagnosticResult } from './diagnosticResult.ts'

type Required = Pick<DiagnosticResult, 'id' | 'title' | 'symbol' | 'verdict' | 'reason' | 'summary' | 'assumption'>

/** A result with every number that is not given set to NaN: what was not computed is never shown as a value. The reason of an unknown one begins with "cannot say". */
export function createDiagnosticResult(fields: Required & Partial<DiagnosticResult>): DiagnosticResult {
  return {
    estimate: Number.NaN,
    low: Number.NaN,
    high: Number.NaN,
    confidence: 0.95,
    sampleSize: 0,
    effectiveSampleSize: Number.NaN,
    autocorrelationTime: Number.NaN,
    unit: '',
    marginLow: Number.NaN,
    marginHigh: Number.NaN,
    threshold: Number.NaN,
    details: [],
    charts: [],
    ...fields,
    reason:
      fields.verdict === 'unknown' && !fields.reason.startsWith('cannot say')
        ? `cannot say: ${fields.reason}`
        : fields.reason,
  }
}
