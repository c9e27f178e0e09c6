import type { DiagnosticResult } from '#core/diagnostics/diagnosticResult.ts'
import { unitSpace } from '#core/format/characters.ts'
import { formatInteger } from '#core/format/formatCount.ts'
import { formatNumber } from '#core/format/formatNumber.ts'

export interface NumberRow {
  readonly label: string
  readonly value: string
  readonly exact: number
}

const withUnit = (value: number, unit: string): string =>
  `${formatNumber(value, 4)}${unit === '' ? '' : `${unitSpace}${unit}`}`

/** Every number of a result that was computed, in reading order. */
export function resultNumbers(result: DiagnosticResult): NumberRow[] {
  const interval = `at ${formatInteger(100 * result.confidence)}${unitSpace}%`
  const rows: NumberRow[] = [
    { label: `estimate, ${result.symbol}`, value: withUnit(result.estimate, result.unit), exact: result.estimate },
    { label: `lower end ${interval}`, value: withUnit(result.low, result.unit), exact: result.low },
    { label: `upper end ${interval}`, value: withUnit(result.high, result.unit), exact: result.high },
    { label: 'margin from', value: formatNumber(result.marginLow, 4), exact: result.marginLow },
    { label: 'margin to', value: formatNumber(result.marginHigh, 4), exact: result.marginHigh },
    { label: 'threshold', value: formatNumber(result.threshold, 4), exact: result.threshold },
    {
      label: 'points',
      value: formatInteger(result.sampleSize),
      exact: result.sampleSize > 0 ? result.sampleSize : Number.NaN,
    },
    { label: 'effective samples', value: formatNumber(result.effectiveSampleSize), exact: result.effectiveSampleSize },
    {
      label: 'autocorrelation time, points',
      value: formatNumber(result.autocorrelationTime),
      exact: result.autocorrelationTime,
    },
    ...result.details.map(({ label, value, unit }) => ({ label, value: withUnit(value, unit), exact: value })),
  ]
  return rows.filter(({ exact }) => Number.isFinite(exact))
}

/** The same with all digits, for a table elsewhere: one line per number, tab between. */
export function resultText(result: DiagnosticResult): string {
  return [result.title, result.reason, ...resultNumbers(result).map(({ label, exact }) => `${label}\t${exact}`)].join(
    '\n',
  )
}
