import { formatFixed } from '#core/format/formatNumber.ts'
import { formatTick } from '#core/format/formatTick.ts'

export interface MiniChartInput {
  /** Whole numbers: steps. */
  x: Float64Array
  min: Float64Array
  max: Float64Array
  mean: Float64Array
  smoothed: Float64Array | null
  isEnvelope: boolean
}

export interface MiniChart {
  /** Every point, or the area between minimum and maximum of each bucket. */
  raw: { path: string; isArea: boolean }
  /** The smoothed line; empty when nothing was smoothed. */
  smooth: string
  horizontalTicks: { position: number; label: string }[]
  verticalTicks: { position: number; label: string }[]
}

export interface MiniChartBox {
  width: number
  height: number
  left: number
  right: number
  top: number
  bottom: number
}

/** A range that begins and ends on round numbers, in `count` or fewer equal parts. Zero is included when the values come near it. */
export function roundRange(low: number, high: number, count: number): { from: number; to: number; step: number } {
  const from = low > 0 && low < 0.35 * high ? 0 : low
  const span = high - from || Math.abs(high) || 1
  const rough = span / count
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough * 0.999) ?? 10) * power
  return { from: Math.floor(from / step + 1e-9) * step, to: Math.ceil(high / step - 1e-9) * step, step }
}

/** Geometry of a small line chart in pixels: paths and ticks. Not-finite values leave a gap. Null when nothing is finite. */
export function miniChart(series: MiniChartInput, box: MiniChartBox): MiniChart | null {
  const finiteValues = [...series.min, ...series.max].filter(Number.isFinite)
  if (finiteValues.length === 0) return null
  const vertical = roundRange(Math.min(...finiteValues), Math.max(...finiteValues), 3)
  const firstX = series.x[0] ?? 0
  const lastX = series.x.at(-1) ?? firstX
  const placeX = (value: number): number =>
    box.left + ((value - firstX) / (lastX - firstX || 1)) * (box.width - box.left - box.right)
  const placeY = (value: number): number =>
    box.top + (1 - (value - vertical.from) / (vertical.to - vertical.from || 1)) * (box.height - box.top - box.bottom)
  const line = (values: Float64Array): string => linePath(series.x, values, placeX, placeY)
  const tickCount = Math.round((vertical.to - vertical.from) / vertical.step)
  return {
    raw: series.isEnvelope
      ? { path: areaPath(series, placeX, placeY), isArea: true }
      : { path: line(series.mean), isArea: false },
    smooth: series.smoothed ? line(series.smoothed) : '',
    // Steps are whole numbers, and two of them have nothing between.
    horizontalTicks: [...new Set([firstX, Math.round((firstX + lastX) / 2), lastX])].map((value) => ({
      position: placeX(value),
      label: formatTick(roundedTick(value, lastX - firstX)),
    })),
    verticalTicks: Array.from({ length: tickCount + 1 }, (_, index) => vertical.from + index * vertical.step).map(
      (value) => ({ position: placeY(value), label: tickLabel(value, vertical.step) }),
    ),
  }
}

/** From thousands on two digits where they say where the tick is, to a hundredth of the axis: the last bucket of 10 000 steps begins at 9 980. */
function roundedTick(value: number, span: number): number {
  const rounded = Number(value.toPrecision(2))
  return value >= 1000 && Math.abs(rounded - value) <= 0.01 * span ? rounded : Number(value.toPrecision(3))
}

/** All labels of the axis with the decimals that its step needs. */
function tickLabel(value: number, step: number): string {
  const decimals = Math.max(
    0,
    -Math.floor(Math.log10(step) + 1e-9) +
      (Number.isInteger(Number((step / 10 ** Math.floor(Math.log10(step) + 1e-9)).toPrecision(3))) ? 0 : 1),
  )
  return step >= 1000 || decimals > 3 ? formatTick(Number(value.toPrecision(10))) : formatFixed(value, decimals)
}

type Place = (value: number) => number

function linePath(x: Float64Array, values: Float64Array, placeX: Place, placeY: Place): string {
  let isDrawing = false
  let path = ''
  for (const [index, value] of values.entries()) {
    if (Number.isFinite(value))
      path += `${isDrawing ? 'L' : 'M'}${placeX(x[index] ?? 0).toFixed(1)} ${placeY(value).toFixed(1)}`
    isDrawing = Number.isFinite(value)
  }
  return path
}

function areaPath({ x, min, max }: MiniChartInput, placeX: Place, placeY: Place): string {
  const indices = Array.from(x.keys()).filter((index) => Number.isFinite(min[index]) && Number.isFinite(max[index]))
  const corner =
    (values: Float64Array) =>
    (index: number): string =>
      `${placeX(x[index] ?? 0).toFixed(1)} ${placeY(values[index] ?? 0).toFixed(1)}`
  return indices.length === 0
    ? ''
    : `M${[...indices.map(corner(max)), ...indices.toReversed().map(corner(min))].join('L')}Z`
}
