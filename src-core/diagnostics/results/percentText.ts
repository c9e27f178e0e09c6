import { formatNumber } from '../../format/formatNumber.ts'

/** A share as per cent: `percentText(0.0213)` is `2.13 %`. */
export function percentText(share: number): string {
  return `${formatNumber(100 * share)}\u00a0%`
}
