import { thinSpace } from '#core/format/characters.ts'
import { formatEstimate } from '#core/format/formatEstimate.ts'
import { formatNumber } from '#core/format/formatNumber.ts'

export interface GroupSummary {
  /** Mean, or the whole range. */
  value: string
  /** ` ± sd`, empty for a range. */
  spread: string
}

/** Mean ± standard deviation for seeds of one experiment, the range for anything else. Not-finite values are left out; fewer than two give nothing. */
export function groupSummary(values: readonly number[], areSeeds: boolean): GroupSummary | null {
  const finite = values.filter(Number.isFinite)
  if (finite.length < 2) return null
  if (!areSeeds)
    return { value: `${formatNumber(Math.min(...finite))} … ${formatNumber(Math.max(...finite))}`, spread: '' }
  const mean = finite.reduce((sum, value) => sum + value, 0) / finite.length
  const deviation = Math.sqrt(finite.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (finite.length - 1))
  const [value = '', ...spread] = formatEstimate(mean, deviation).split(/(?=\u00a0±)/)
  return { value, spread: spread.join('').replaceAll('\u00a0', thinSpace) }
}
