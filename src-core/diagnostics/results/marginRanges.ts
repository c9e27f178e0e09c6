import type { DiagnosticMargins } from './margins.ts'

interface MarginRange {
  readonly from: number
  readonly to: number
  readonly isWhole?: true
}

const ranges: Partial<Record<keyof DiagnosticMargins, MarginRange>> = {
  minimumChainCount: { from: 2, to: 1000, isWhole: true },
  permutationCount: { from: 19, to: 100_000, isWhole: true },
  transientShare: { from: 0, to: 0.9 },
  significance: { from: 1e-6, to: 0.5 },
  driftingComponentShare: { from: 0, to: 1 },
  cycleShare: { from: 0, to: 1 },
  rhatLimit: { from: 1, to: 10 },
}

/** What a value of this margin must be, in words for a message ("a number from 0 to 1"), when `value` is not that; undefined when it is. */
export function marginFault(name: keyof DiagnosticMargins, value: number): string | undefined {
  const { from, to, isWhole } = ranges[name] ?? { from: 0, to: Number.MAX_VALUE }
  if (value >= from && value <= to && (!isWhole || Number.isInteger(value))) return undefined
  const kind = isWhole ? 'a whole number' : 'a number'
  return to === Number.MAX_VALUE ? `${kind} not below 0` : `${kind} from ${from} to ${to}`
}
