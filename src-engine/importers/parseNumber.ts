const decimal = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/
const nan = /^[+-]?nan$/i
const infinity = /^([+-]?)inf(inity)?$/i

/** A cell as a number: decimal notation, `nan`, `inf`, `-Infinity` in any case; null for everything else (no hexadecimal, no thousands separators). */
export function parseNumber(text: string): number | null {
  if (decimal.test(text)) return Number(text)
  if (nan.test(text)) return Number.NaN
  const match = infinity.exec(text)
  if (match) return match[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  return null
}
