import { inWords } from '#core/format/inWords.ts'
import type { GroupComparison, LawFinding, ScalingCheck } from '#core/diagnostics/acrossRuns/acrossRunsTypes.ts'
import type { CheckState } from '#core/diagnostics/results/diagnosticResult.ts'
import { missingMark } from '#core/format/characters.ts'
import { formatInteger } from '#core/format/formatCount.ts'
import { formatExact } from '#core/format/formatExact.ts'
import { formatNumber } from '#core/format/formatNumber.ts'
import { csvText } from '../charts/chartTable.ts'
import { formatPValue } from '#core/format/formatPValue.ts'

/** A finding about the laws of several runs, as a check and in words. */
export const groupFindings: Readonly<Record<LawFinding, { state: CheckState; text: string }>> = {
  equal: { state: 'pass', text: 'one law' },
  different: { state: 'warn', text: 'laws differ' },
  unresolved: { state: 'unknown', text: 'unresolved' },
}

export const scalingStates: Readonly<Record<ScalingCheck['finding'], CheckState>> = {
  agrees: 'pass',
  differs: 'warn',
  unresolved: 'unknown',
}

export function pText(p: number | undefined): string {
  return p === undefined || Number.isNaN(p) ? missingMark : formatPValue(p)
}

/** What is compared, between which experiments. */
export function scalingName({ quantity, from, to }: ScalingCheck): string {
  return `${inWords(quantity.replaceAll('-', '_')).replaceAll('_', ' ')}, ${to} over ${from}`
}

/** How many ways to exchange the runs there are, and the smallest p that they allow. */
export function partitionsText({ partitionCount, isComplete, smallestP, level }: GroupComparison): string {
  if (partitionCount === 0) return 'too few runs to exchange'
  const partitions = `${isComplete ? 'all' : 'the true and random'} ${formatInteger(partitionCount)} partitions`
  return `${partitions}, smallest possible p ${formatNumber(smallestP, 2)}, level ${formatExact(level)}`
}

/** The comparison as CSV: the observables, then the scaling laws. */
export function experimentsTable({ observables, scaling }: GroupComparison): string {
  return csvText([
    ['what', 'finding', 'within', 'between', 'p', 'p_holm', 'ratio', 'low', 'high', 'predicted'],
    ...observables.map((one) => [
      one.observable,
      one.finding,
      ...[one.within, one.between, one.p, one.adjustedP],
      ...['', '', '', ''],
    ]),
    ...scaling.map((check) => [
      scalingName(check),
      check.finding,
      ...['', '', '', ''],
      ...[check.ratio, check.low, check.high, check.predicted],
    ]),
  ])
}
