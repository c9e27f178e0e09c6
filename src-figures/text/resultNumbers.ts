import type { DiagnosticResult, NamedNumber } from '#core/diagnostics/results/diagnosticResult.ts'
import { unitSpace } from '#core/format/characters.ts'
import { formatInteger } from '#core/format/formatCount.ts'
import { csvText } from '../charts/chartTable.ts'
import { formatIntervalParts } from '#core/format/formatEstimate.ts'
import { formatNumber } from '#core/format/formatNumber.ts'
import { formatPValue } from '#core/format/formatPValue.ts'

export interface NumberRow {
  readonly label: string
  readonly value: string
  readonly exact: number
}

const unitText = (unit: string): string => (unit === '' ? '' : `${unitSpace}${unit}`)
const withUnit = (value: number, unit: string): string => `${formatNumber(value)}${unitText(unit)}`

/** A number beside the estimate, with its unit; a probability of chance as such. */
export function detailText({ label, value, unit }: NamedNumber): string {
  return label.startsWith('p of ') ? formatPValue(value) : withUnit(value, unit)
}

/** Every number of a result that was computed, in reading order. */
export function resultNumbers(result: DiagnosticResult): NumberRow[] {
  const interval = `at ${formatInteger(100 * result.confidence)}${unitSpace}%`
  const inInterval = (value: number): string =>
    `${formatIntervalParts(value, result.low, result.high).value}${unitText(result.unit)}`
  const rows: NumberRow[] = [
    { label: `estimate, ${result.symbol}`, value: inInterval(result.estimate), exact: result.estimate },
    { label: `lower end ${interval}`, value: inInterval(result.low), exact: result.low },
    { label: `upper end ${interval}`, value: inInterval(result.high), exact: result.high },
    { label: 'margin from', value: withUnit(result.marginLow, result.unit), exact: result.marginLow },
    { label: 'margin to', value: withUnit(result.marginHigh, result.unit), exact: result.marginHigh },
    { label: 'threshold', value: withUnit(result.threshold, result.unit), exact: result.threshold },
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
