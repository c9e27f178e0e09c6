import { formatCount, formatCounted } from '#core/format/formatCount.ts'
import { formatExact } from '#core/format/formatExact.ts'
import type { Series, Smoothing } from '#shared/contract/series.ts'

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** What a chart shows of its series, for the panel's header: `3 471 of 3 471 points`, `110 buckets, min–max of 1 650 points; EMA 0.97 on all`. */
export function drawnText(series: readonly Series[], smoothing: Smoothing | null = null): string {
  const total = sum(series.map((one) => one.pointCount))
  if (total === 0) return 'no points'
  const buckets = sum(series.filter((one) => one.kind === 'buckets').map((one) => one.x.length))
  const average = smoothing ? `; ${smoothing.geometric ? 'log ' : ''}EMA ${formatExact(smoothing.weight)} on all` : ''
  if (buckets === 0) return `${formatCount(total)} of ${formatCounted(total, 'point')}${average}`
  const others = sum(series.filter((one) => one.kind === 'points').map((one) => one.pointCount))
  if (others > 0)
    return `${formatCount(buckets)} buckets (min–max) and ${formatCounted(others, 'point')}, of ${formatCount(total)}${average}`
  return `${formatCount(buckets)} buckets, min–max of ${formatCounted(total, 'point')}${average}`
}

/** Counts of what is not finite, e.g. `12 NaN, 3 +∞`; empty when all is. */
export function nonFiniteText(series: readonly Series[]): string {
  const count = (pick: (one: Series) => number): number => sum(series.map(pick))
  const parts: [number, string][] = [
    [count((one) => one.nonFinite.nanCount), 'NaN'],
    [count((one) => one.nonFinite.positiveInfinityCount), '+∞'],
    [count((one) => one.nonFinite.negativeInfinityCount), '−∞'],
  ]
  return parts.flatMap(([n, name]) => (n > 0 ? [`${formatCount(n)} ${name}`] : [])).join(', ')
}

/** How many drawn values have no logarithm and are therefore missing from a logarithmic chart. */
export function withoutLogarithm(series: readonly Series[]): number {
  return sum(series.map((one) => one.last.reduce((n, value) => (value <= 0 ? n + 1 : n), 0)))
}
