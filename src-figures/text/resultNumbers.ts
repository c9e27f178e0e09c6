import type { DiagnosticResult, NamedNumber } from '#core/diagnostics/diagnosticResult.ts'
import { unitSpace } from '#core/format/characters.ts'
import { formatInteger } from '#core/format/formatCount.ts'
import { csvText } from '../charts/chartTable.ts'
import { formatNumber } from '#core/format/formatNumber.ts'
import { formatPValue } from '#core/format/formatPValue.ts'

export interface NumberRow {
  readonly label: string
  readonly value: string
  readonly exact: number
}

const withUnit = (value: number, unit: string): string =>
  `${formatNumber(value, 4)}${unit === '' ? '' : `${unitSpace}${unit}`}`

/** A number beside the estimate, with its unit; a probability of chance as such. */
export function detailText({ label, value, unit }: NamedNumber): string {
  return label.startsWith('p of ') ? formatPValue(value) : withUnit(value, unit)
}

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
    ...result.details.map((detail) => ({ label: detail.label, value: detailText(detail), exact: detail.value })),
  ]
  return rows.filter(({ exact }) => Number.isFinite(exact))
}

/** The same with all digits, for a table elsewhere: one line per number, tab between. */
export function resultText(result: DiagnosticResult): string {
  return numbersText(result.title, result.reason, resultNumbers(result))
}

export function numbersText(title: string, reason: string, rows: readonly NumberRow[]): string {
  return [title, reason, ...rows.map(({ label, exact }) => `${label}\t${exact}`)].join('\n')
}

/** ... and as CSV. */
export function numbersTable(result: DiagnosticResult): string {
  return csvText([['number', 'value'], ...resultNumbers(result).map(({ label, exact }) => [label, exact])])
}
