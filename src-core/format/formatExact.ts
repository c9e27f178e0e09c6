import { groupDigits, superscript, withMinusSign } from './characters.ts'
import { formatNonFinite } from './formatNumber.ts'

/** A number that somebody chose (a setting, a margin), in its shortest exact form: `0.1`, `0.0005`, `10⁻⁵`, `22 000`. */
export function formatExact(value: number): string {
  const nonFinite = formatNonFinite(value)
  if (nonFinite !== undefined) return nonFinite
  const size = Math.abs(value)
  if (size === 0 || (size >= 1e-4 && size < 1e9)) return withMinusSign(groupDigits(String(value)))
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e')
  const power = `10${superscript(Number(exponent))}`
  if (mantissa === '1') return power
  return mantissa === '-1' ? withMinusSign(`-${power}`) : `${withMinusSign(mantissa)}·${power}`
}
