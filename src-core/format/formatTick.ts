import { superscript, withMinusSign } from './characters.ts'
import { formatNonFinite, formatScientific } from './formatNumber.ts'

function shortest(value: number): string {
  return withMinusSign(String(Number(value.toPrecision(6))))
}

/** Label of a linear axis: `0`, `0.3`, `5k`, `16.5k`, `2M`, `5·10⁻⁴`. */
export function formatTick(value: number): string {
  const nonFinite = formatNonFinite(value)
  if (nonFinite !== undefined) return nonFinite
  const size = Math.abs(value)
  if (size >= 1e9) return formatScientific(value, 0)
  if (size >= 1e6) return `${shortest(value / 1e6)}M`
  if (size >= 1e3) return `${shortest(value / 1e3)}k`
  if (size === 0 || size >= 1e-3) return shortest(value)
  const [mantissa = ''] = value.toExponential().split('e')
  return formatScientific(value, Math.min(2, (mantissa.split('.')[1] ?? '').length))
}

/** Label of a logarithmic axis: decades only (`0.1`, `1`, `100`, `10³`, `10⁻²`), empty between them. */
export function formatLogTick(value: number): string {
  const exponent = Math.log10(value)
  if (!Number.isFinite(exponent) || Math.abs(exponent - Math.round(exponent)) > 1e-6) return ''
  const decade = Math.round(exponent)
  return decade >= -1 && decade <= 2 ? String(Number((10 ** decade).toPrecision(1))) : `10${superscript(decade)}`
}
