import { superscript, unitSpace } from './characters.ts'
import { formatFixed, formatNumber, needsPowerOfTen } from './formatNumber.ts'

interface Layout {
  /** Power of ten that is written once, behind the bracket; 0 for none. */
  exponent: number
  decimals: number
}

/** More digits of a value than this say nothing more to a reader, however small its error. */
const mostDigits = 7

/** The error decides the digits: two significant ones, and the value to the same place, but at most `mostDigits` of the value. */
function layoutFor(value: number, error: number): Layout {
  const largest = Math.max(Math.abs(value), Math.abs(error))
  const exponent = needsPowerOfTen(largest) ? Math.floor(Math.log10(largest)) : 0
  const scaledError = Number((Math.abs(error) / 10 ** exponent).toPrecision(2))
  const decimals = scaledError > 0 ? 1 - Math.floor(Math.log10(scaledError)) : 2
  const most = mostDigits - 1 - Math.floor(Math.log10(largest / 10 ** exponent))
  return { exponent, decimals: Math.min(most, Math.max(0, decimals)) }
}

function withPower(text: string, exponent: number): string {
  return exponent === 0 ? text : `(${text})·10${superscript(exponent)}`
}

/** An estimate with its standard error (or half-width): `−1.324 ± 0.015`. A missing or zero error leaves the value alone, to three digits. */
export function formatEstimate(value: number, error: number): string {
  if (!Number.isFinite(value) || !Number.isFinite(error) || error === 0) return formatNumber(value)
  const { exponent, decimals } = layoutFor(value, error)
  const scale = 10 ** exponent
  return withPower(
    `${formatFixed(value / scale, decimals)}${unitSpace}±${unitSpace}${formatFixed(Math.abs(error) / scale, decimals)}`,
    exponent,
  )
}

/** The two parts of an estimate with an interval, for tables: `0.289` and `[0.273, 0.306]`. */
export function formatIntervalParts(value: number, low: number, high: number): { value: string; interval: string } {
  const halfWidth = (high - low) / 2
  if (!Number.isFinite(value) || !Number.isFinite(halfWidth) || halfWidth === 0)
    return { value: formatNumber(value), interval: '' }
  const { exponent, decimals } = layoutFor(Math.max(Math.abs(value), Math.abs(low), Math.abs(high)), halfWidth)
  const scale = 10 ** exponent
  const [from, to] = [formatFixed(low / scale, decimals), formatFixed(high / scale, decimals)]
  if (from === to) return { value: formatNumber(value), interval: '' }
  const interval = `[${from}, ${to}]`
  const power = exponent === 0 ? '' : `·10${superscript(exponent)}`
  return { value: `${formatFixed(value / scale, decimals)}${power}`, interval: `${interval}${power}` }
}

/** An estimate with an interval: `0.289 [0.273, 0.306]`, the half-width to two significant digits. Without a finite interval the value alone. */
export function formatInterval(value: number, low: number, high: number): string {
  const parts = formatIntervalParts(value, low, high)
  return parts.interval === '' ? parts.value : `${parts.value}${unitSpace}${parts.interval}`
}
