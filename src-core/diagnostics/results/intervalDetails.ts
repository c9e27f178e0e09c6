import type { NamedNumber } from './diagnosticResult.ts'

/** An estimate and the ends of its 95 % interval as three numbers, the ends only where they exist; nothing for an estimate that is not finite. */
export function intervalDetails(
  label: string,
  { mean, low, high }: { readonly mean: number; readonly low: number; readonly high: number },
  unit = '',
): NamedNumber[] {
  return [
    { label, value: mean, unit },
    { label: `${label}, low`, value: low, unit },
    { label: `${label}, high`, value: high, unit },
  ].filter(({ value }) => Number.isFinite(value))
}
