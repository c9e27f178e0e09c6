import { mapTokens, type ChartTheme } from '../plot/chartTheme.ts'

function channels(hex: string): [number, number, number] {
  const value = Number.parseInt(hex.replace('#', ''), 16)
  return Number.isNaN(value) ? [128, 128, 128] : [(value >> 16) & 255, (value >> 8) & 255, value & 255]
}

/** The colours of the sequential map, low to high. */
export function mapColors(theme: ChartTheme): string[] {
  return mapTokens.map((token) => theme.colors[token])
}

/** Colour at `share` (0 low, 1 high; clamped) of the sequential map, interpolated between its nine steps. */
export function mapColor(theme: ChartTheme, share: number): string {
  const position = Math.max(0, Math.min(1, share)) * (mapTokens.length - 1)
  const index = Math.min(mapTokens.length - 2, Math.floor(position))
  const low = channels(theme.colors[mapTokens[index] ?? '--seq-1'])
  const high = channels(theme.colors[mapTokens[index + 1] ?? '--seq-9'])
  const mixed = low.map((channel, k) => Math.round(channel + ((high[k] ?? channel) - channel) * (position - index)))
  return `rgb(${mixed.join(', ')})`
}

/** Relative luminance (0 black, 1 white) of a colour written as `rgb(...)` or `#RRGGBB`. */
export function luminance(color: string): number {
  const found = color.match(/\d+/g)
  const rgb = color.startsWith('#') ? channels(color) : (found ?? []).map(Number)
  const linear = rgb.map((channel) =>
    channel / 255 <= 0.04045 ? channel / 255 / 12.92 : ((channel / 255 + 0.055) / 1.055) ** 2.4,
  )
  return 0.2126 * (linear[0] ?? 0) + 0.7152 * (linear[1] ?? 0) + 0.0722 * (linear[2] ?? 0)
}

/** Black or white, whichever stands out more on the ground. */
export function textOn(ground: string): string {
  const light = luminance(ground)
  return 1.05 / (light + 0.05) >= (light + 0.05) / 0.05 ? '#FFFFFF' : '#0F1115'
}
