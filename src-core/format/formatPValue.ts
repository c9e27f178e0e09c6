import { missingMark, unitSpace } from './characters.ts'
import { formatExact } from './formatExact.ts'

/** A p-value to two digits, never `0.000`: at or below `smallest` (what the permutation count allows) it is written `p < 0.002`. */
export function formatPValue(p: number, smallest = 1e-4): string {
  const relation = p <= smallest ? '<' : '='
  const text = Number.isFinite(p) ? formatExact(Number(Math.max(p, smallest).toPrecision(2))) : missingMark
  return ['p', relation, text].join(unitSpace)
}
