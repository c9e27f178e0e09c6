import { missingMark, unitSpace } from './characters.ts'
import { formatInteger } from './formatCount.ts'
import { formatNumber } from './formatNumber.ts'

const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB']

/** Bytes with SI units: `352 kB`, `1.2 GB`. Missing or not finite gives an en dash. */
export function formatBytes(bytes: number | null): string {
  if (bytes === null || !Number.isFinite(bytes)) return missingMark
  const power = bytes < 1000 ? 0 : Math.min(byteUnits.length - 1, Math.floor(Math.log10(bytes) / 3 + 1e-12))
  const scaled = bytes / 1000 ** power
  return `${power === 0 || scaled >= 9.95 ? scaled.toFixed(0) : scaled.toFixed(1)}${unitSpace}${byteUnits[power] ?? 'B'}`
}

/** A length of time in milliseconds: `4.1 ms`, `12 s`, `3 min 20 s`, `1 h 12 min`, `2 d 3 h`. Missing or not finite gives an en dash. */
export function formatDuration(milliseconds: number | null): string {
  if (milliseconds === null || !Number.isFinite(milliseconds)) return missingMark
  if (milliseconds < 999.5)
    return `${milliseconds < 9.95 ? trimmed(milliseconds) : milliseconds.toFixed(0)}${unitSpace}ms`
  const seconds = milliseconds / 1000
  if (seconds < 9.95) return `${trimmed(seconds)}${unitSpace}s`
  if (seconds < 59.5) return `${Math.round(seconds)}${unitSpace}s`
  if (seconds < 3570) return inTwoUnits(seconds, 60, 'min', 1, 's', seconds < 600)
  if (seconds < 86_400) return inTwoUnits(seconds, 3600, 'h', 60, 'min', true)
  return inTwoUnits(seconds, 86_400, 'd', 3600, 'h', true)
}

function trimmed(value: number): string {
  return value.toFixed(1).replace(/\.0$/, '')
}

function inTwoUnits(
  seconds: number,
  large: number,
  largeUnit: string,
  small: number,
  smallUnit: string,
  withSmall: boolean,
): string {
  const total = Math.round(seconds / (withSmall ? small : large))
  const wholes = withSmall ? Math.floor((total * small) / large) : total
  const rest = withSmall ? total - (wholes * large) / small : 0
  return rest > 0
    ? `${wholes}${unitSpace}${largeUnit} ${Math.round(rest)}${unitSpace}${smallUnit}`
    : `${wholes}${unitSpace}${largeUnit}`
}

/** How long ago, in one unit: `just now`, `3 min ago`, `2 h ago`, `5 d ago`. */
export function formatAgo(timeMs: number, nowMs: number): string {
  const seconds = (nowMs - timeMs) / 1000
  if (seconds < 10) return 'just now'
  if (seconds < 60) return `${Math.round(seconds)}${unitSpace}s ago`
  if (seconds < 3600) return `${Math.floor(seconds / 60)}${unitSpace}min ago`
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)}${unitSpace}h ago`
  return `${Math.floor(seconds / 86_400)}${unitSpace}d ago`
}

/** A share in 0..1 as percent, to the whole percent from one percent on: `3 %`, `0.4 %`. Missing gives an en dash. */
export function formatPercent(share: number | null): string {
  if (share === null || !Number.isFinite(share)) return missingMark
  const percent = share * 100
  const text = Math.abs(percent) >= 0.95 || percent === 0 ? formatInteger(percent) : formatNumber(percent, 1)
  return `${text}${unitSpace}%`
}

/** Time per step: `4.1 ms/step`; below a tenth of a millisecond in microseconds: `12 µs/step`. */
export function formatStepTime(milliseconds: number | null): string {
  if (milliseconds === null || !Number.isFinite(milliseconds)) return missingMark
  const isTiny = milliseconds > 0 && milliseconds < 0.0995
  return isTiny ? `${formatNumber(milliseconds * 1000, 2)}${unitSpace}µs/step` : `${formatDuration(milliseconds)}/step`
}
