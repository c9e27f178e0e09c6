import { groupDigits, unitSpace, withMinusSign } from './characters.ts'
import { formatNonFinite } from './formatNumber.ts'

/** A whole number, exact, grouped from four digits on: `22 000`. Fractions are rounded. */
export function formatInteger(value: number): string {
  return formatNonFinite(value) ?? withMinusSign(groupDigits(String(Math.round(value))))
}

const largeUnits = [
  { size: 1e12, unit: 'T' },
  { size: 1e9, unit: 'G' },
  { size: 1e6, unit: 'M' },
  { size: 1e3, unit: 'k' },
]

/** A count: exact up to 99 999, then with a unit: `150 k`, `1.2 M`, `10.4 M`. */
export function formatCount(value: number): string {
  if (Math.abs(value) < 100_000 || !Number.isFinite(value)) return formatInteger(value)
  const found = largeUnits.find(({ size }) => Math.abs(value) >= size * 0.9995)
  if (found === undefined) return formatInteger(value)
  const scaled = value / found.size
  return `${withMinusSign(scaled.toFixed(Math.abs(scaled) < 99.95 ? 1 : 0))}${unitSpace}${found.unit}`
}

/** A count with its noun: `1 run`, `22 000 runs`. */
export function formatCounted(value: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(value)}${unitSpace}${value === 1 ? singular : plural}`
}
