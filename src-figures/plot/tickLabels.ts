import { groupDigits, superscript, withMinusSign } from '#core/format/characters.ts'

function decimalsOf(step: number): number {
  for (let decimals = 0; decimals < 12; decimals++)
    if (Math.abs(step * 10 ** decimals - Math.round(step * 10 ** decimals)) < 1e-6) return decimals
  return 12
}

/** Labels of linear ticks with common decimals: `0.25`, `5k`, `1.5M`; very small and very large scales as `2·10⁻⁵`. */
export function linearTickLabel(ticks: readonly number[]): (value: number) => string {
  const largest = Math.max(...ticks.map(Math.abs), 0)
  const step = ticks.length > 1 ? Math.abs((ticks[1] ?? 0) - (ticks[0] ?? 0)) : largest || 1
  const [divisor, suffix] = largest >= 1e6 ? [1e6, 'M'] : largest >= 1000 ? [1e3, 'k'] : [1, '']
  if ((largest > 0 && largest < 1e-3) || largest >= 1e9) {
    const exponent = Math.floor(Math.log10(largest))
    const decimals = decimalsOf(Number((step / 10 ** exponent).toPrecision(6)))
    return (value) =>
      value === 0 ? '0' : withMinusSign(`${(value / 10 ** exponent).toFixed(decimals)}·10${superscript(exponent)}`)
  }
  const decimals = decimalsOf(Number((step / divisor).toPrecision(6)))
  return (value) => {
    const text = (value / divisor).toFixed(decimals)
    return value === 0 ? text : withMinusSign(groupDigits(text)) + suffix
  }
}

/** Labels of logarithmic ticks: plain from 0.1 to 100, powers of ten elsewhere; what is between decades as `2·10⁻⁴`. */
export function logTickLabel(value: number): string {
  if (value >= 0.0999 && value < 1000) return String(Number(value.toPrecision(4)))
  const exponent = Math.floor(Math.log10(value) + 1e-9)
  const mantissa = Number((value / 10 ** exponent).toPrecision(4))
  return mantissa === 1 ? `10${superscript(exponent)}` : `${mantissa}·10${superscript(exponent)}`
}

/** Labels of elapsed time in seconds: `40 s`, `12 min`, `1.5 h`, `3 d`. */
export function elapsedTickLabel(ticks: readonly number[]): (seconds: number) => string {
  const largest = Math.max(...ticks.map(Math.abs), 0)
  const [divisor, unit] =
    largest >= 172_800 ? [86_400, 'd'] : largest >= 7200 ? [3600, 'h'] : largest >= 180 ? [60, 'min'] : [1, 's']
  return (seconds) => (seconds === 0 ? '0' : withMinusSign(`${Number((seconds / divisor).toPrecision(3))} ${unit}`))
}

/** Labels of wall clock times in milliseconds since 1970, local time; with the day when the ticks span more than one. */
export function clockTickLabel(ticks: readonly number[]): (milliseconds: number) => string {
  const first = ticks[0] ?? 0
  const span = (ticks.at(-1) ?? first) - first
  const two = (value: number): string => String(value).padStart(2, '0')
  return (milliseconds) => {
    const date = new Date(milliseconds)
    const time = `${two(date.getHours())}:${two(date.getMinutes())}`
    if (span > 86_400_000) return `${two(date.getMonth() + 1)}-${two(date.getDate())} ${time}`
    return span < 300_000 ? `${time}:${two(date.getSeconds())}` : time
  }
}
