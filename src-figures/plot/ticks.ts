export interface AxisScale {
  readonly min: number
  readonly max: number
  readonly ticks: readonly number[]
  readonly logarithmic: boolean
}

const niceSteps = [1, 2, 2.5, 5, 10]
/** A safeguard: no axis has so many ticks. */
const tickLimit = 1000
/** Data that vary by less than this share of their size are constant as far as an axis can show. */
const smallestVariation = 1e-9
/** Linear axes end here, at most: their span must be a number, too. What lies beyond is cut off at the edge. */
const largestEnd = 5e307
/** Spans below have no ticks in double precision: as far as a linear axis can show, all is one value. */
const smallestSpan = 1e-300
/** Logarithmic axes begin here, at least: double precision has few digits below. What lies below is cut off at the edge. */
const smallestPositive = 1e-306

const withinEnds = (value: number): number => Math.max(-largestEnd, Math.min(largestEnd, value))

/** Smallest of 1, 2, 2.5, 5 times a power of ten that is not below `rough`. */
function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough))
  return (niceSteps.find((step) => step * power >= rough * (1 - 1e-9)) ?? 10) * power
}

function multiplesWithin(min: number, max: number, step: number): number[] {
  const first = Math.ceil(min / step - 1e-6)
  const count = Math.floor(max / step + 1e-6) - first + 1
  return count > 0 && count < tickLimit
    ? Array.from({ length: count }, (_, i) => Number(((first + i) * step).toPrecision(12)))
    : []
}

/** Linear scale whose ends are ticks (vertical axes): about `count` intervals around the data; a constant gets room on both sides. */
export function niceLinearScale(low: number, high: number, count: number, includeZero = false): AxisScale {
  let from = withinEnds(includeZero ? Math.min(0, low) : low)
  let to = withinEnds(includeZero ? Math.max(0, high) : high)
  if (!(to - from > Math.max(smallestSpan, smallestVariation * Math.max(Math.abs(from), Math.abs(to))))) {
    const room = Math.abs(from) * 0.1 > smallestSpan ? Math.abs(from) * 0.1 : 1
    to = from + room
    from -= includeZero && from === 0 ? 0 : room
  }
  const step = niceStep((to - from) / count)
  const min = Number((Math.floor(from / step + 1e-6) * step).toPrecision(12))
  const max = Number((Math.ceil(to / step - 1e-6) * step).toPrecision(12))
  return { min, max, ticks: multiplesWithin(min, max, step), logarithmic: false }
}

/** Linear scale that ends where the data ends (horizontal axes), with about `count` round ticks inside. */
export function exactLinearScale(low: number, high: number, count: number): AxisScale {
  const [min, max] = high - low > 1e-12 * Math.abs(high) ? [low, high] : [low - 0.5, low + 0.5]
  return { min, max, ticks: multiplesWithin(min, max, niceStep((max - min) / count)), logarithmic: false }
}

/** Data that span less than this factor have evenly spaced ticks on a logarithmic axis, too. */
const smallestFactor = 3

/** Logarithmic scale over positive data of any magnitude. Ticks are decades, thinned to `count`; where fewer than two are inside also 2 and 5 of each, within a factor of three multiples of a round step. */
export function logScale(low: number, high: number, count: number, endsOnTicks: boolean): AxisScale {
  const least = Math.max(low, smallestPositive)
  const [from, to] = high > least * 1.02 ? [least, high] : [least / 2, Math.min(Number.MAX_VALUE, least * 2)]
  const decades = Math.log10(to) - Math.log10(from)
  if (to < smallestFactor * from) return narrowLogScale(from, to, count, endsOnTicks)
  const decadesInside = Math.floor(Math.log10(to)) - Math.ceil(Math.log10(from)) + 1
  const mantissas = decades < 1.5 || decadesInside < 2 ? [1, 2, 5] : [1]
  const stride = Math.max(1, Math.ceil(decades / count))
  const decadeTicks: number[] = []
  for (let exponent = Math.floor(Math.log10(from)) - 1; exponent <= Math.ceil(Math.log10(to)) + 1; exponent++) {
    if (exponent % stride === 0) for (const mantissa of mantissas) decadeTicks.push(Number(`${mantissa}e${exponent}`))
  }
  const candidates = decadeTicks.filter((tick) => tick > 0 && Number.isFinite(tick))
  const min = endsOnTicks && decades < 4 ? (candidates.findLast((tick) => tick <= from * 1.0001) ?? from) : from
  const max = endsOnTicks && decades < 4 ? (candidates.find((tick) => tick >= to * 0.9999) ?? to) : to
  return {
    min,
    max,
    ticks: candidates.filter((tick) => tick >= min * 0.9999 && tick <= max * 1.0001),
    logarithmic: true,
  }
}

function narrowLogScale(from: number, to: number, count: number, endsOnTicks: boolean): AxisScale {
  const { min, max, ticks } = endsOnTicks ? niceLinearScale(from, to, count) : exactLinearScale(from, to, count)
  return min > 0
    ? { min, max, ticks, logarithmic: true }
    : { min: from, max, ticks: ticks.filter((tick) => tick >= from), logarithmic: true }
}
