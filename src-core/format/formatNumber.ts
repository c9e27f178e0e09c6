import { groupDigits, missingMark, superscript, withMinusSign } from './characters.ts'

/** NaN and infinities are data and written so; undefined for a finite number. */
export function formatNonFinite(value: number): string | undefined {
  if (Number.isNaN(value)) return 'NaN'
  if (value === Infinity) return '+∞'
  if (value === -Infinity) return '−∞'
  return undefined
}

/** Power-of-ten form with a given number of decimals of the mantissa: `7.32·10⁻⁵`. */
export function formatScientific(value: number, decimals: number): string {
  const [mantissa = '0', exponent = '0'] = value.toExponential(decimals).split('e')
  return `${withMinusSign(mantissa)}·10${superscript(Number(exponent))}`
}

/** Whether a number of this size is written as a power of ten: below 10⁻³ or from 10⁶ on. */
export function needsPowerOfTen(value: number): boolean {
  const size = Math.abs(value)
  return size !== 0 && (size < 1e-3 || size >= 1e6)
}

/**
 * A measured number without an interval, to `significantDigits`: `1.11`, `22 000`, `7.32·10⁻⁵`. Digits before the point are never rounded away.
 * Null and undefined (missing) give an en dash; NaN and infinities are written out.
 */
export function formatNumber(value: number | null | undefined, significantDigits = 3): string {
  if (value === null || value === undefined) return missingMark
  const nonFinite = formatNonFinite(value)
  if (nonFinite !== undefined) return nonFinite
  if (value === 0) return '0'
  const rounded = Number(value.toPrecision(significantDigits))
  if (needsPowerOfTen(rounded)) return formatScientific(value, significantDigits - 1)
  const exponent = Math.floor(Math.log10(Math.abs(rounded)))
  return withMinusSign(groupDigits(value.toFixed(Math.max(0, significantDigits - 1 - exponent))))
}

/** A number with a fixed count of decimals, as on an axis or in a table column: `0.10`, `−3`. */
export function formatFixed(value: number, decimals: number): string {
  return formatNonFinite(value) ?? withMinusSign(groupDigits(value.toFixed(decimals)))
}
