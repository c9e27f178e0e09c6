import { formatInteger } from '#core/format/formatCount.ts'
import { formatFixed, formatNumber } from '#core/format/formatNumber.ts'
import { formatDuration } from '#core/format/formatQuantity.ts'
import type { HorizontalKind } from '#figures/plot/linePlot.ts'

/** A position on the horizontal axis in words: `step 1 100`, `epoch 12.5`, `14:03:21`, `after 3 min`, `lag 20`. */
export function positionLabel(kind: HorizontalKind, x: number): string {
  if (kind === 'step') return `step ${formatInteger(x)}`
  if (kind === 'epoch') return `epoch ${x >= 100 ? formatFixed(x, 1) : formatNumber(x)}`
  if (kind === 'quantity') return formatNumber(x)
  if (kind === 'lag') return `lag ${formatInteger(x)}`
  if (kind === 'relative_time') return `after ${formatDuration(x * 1000)}`
  const date = new Date(x)
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':')
}
