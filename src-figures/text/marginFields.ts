import { defaultMargins, type DiagnosticMargins } from '#core/diagnostics/margins.ts'
import { unitSpace } from '#core/format/characters.ts'
import { formatExact } from '#core/format/formatExact.ts'

export type MarginName = keyof DiagnosticMargins

/** A margin as the tray shows it. `scale` turns the stored number into the shown one (100 for per cent). */
export interface MarginField {
  readonly name: MarginName
  readonly label: string
  readonly before: string
  readonly unit: string
  readonly scale: 1 | 100
}

/** The margins that decide most verdicts, in the order of the chain; all of them are in the settings. */
export const marginFields: readonly MarginField[] = [
  { name: 'minimumEffectiveSampleSize', label: 'Effective samples', before: '≥ ', unit: '', scale: 1 },
  { name: 'lossDriftOfMean', label: 'Loss drift', before: '± ', unit: '%', scale: 100 },
  { name: 'windowDistanceRatio', label: 'Window distance', before: '≤ ', unit: '', scale: 1 },
  { name: 'displacementExponent', label: 'Displacement γ', before: '< ', unit: '', scale: 1 },
  { name: 'gapOfInitial', label: 'Gap, of initial', before: '≤ ', unit: '', scale: 1 },
  { name: 'balanceOfGap', label: 'Balance, of ‖∇f‖²', before: '± ', unit: '', scale: 1 },
  { name: 'cycleShare', label: 'Cycle, one line', before: '≥ ', unit: '%', scale: 100 },
  { name: 'rhatLimit', label: 'Seeds, R̂', before: '≤ ', unit: '', scale: 1 },
  { name: 'significance', label: 'Level, after Holm', before: '', unit: '%', scale: 100 },
]

const rounded = (value: number): number => Number(value.toPrecision(12))

export function marginValue(name: MarginName, changed: Readonly<Record<string, number>>): number {
  return changed[name] ?? defaultMargins[name]
}

/** As shown and edited: `2` for two per cent. */
export function marginShown(field: MarginField, changed: Readonly<Record<string, number>>): string {
  return String(rounded(marginValue(field.name, changed) * field.scale))
}

export function marginText(field: MarginField, changed: Readonly<Record<string, number>>): string {
  const value = formatExact(rounded(marginValue(field.name, changed) * field.scale))
  return `${field.before}${value}${field.unit === '' ? '' : `${unitSpace}${field.unit}`}`
}

/** The stored value of what was typed; null when it is not a positive number. A decimal comma is understood. */
export function parseMargin(field: MarginField, text: string): number | null {
  const typed = text.trim().replace(',', '.')
  const value = Number(typed)
  return typed === '' || !Number.isFinite(value) || value <= 0 ? null : rounded(value / field.scale)
}

/** The changed margins with one more change; a value that is the default is not kept. */
export function withMargin(
  changed: Readonly<Record<string, number>>,
  name: MarginName,
  value: number,
): Record<string, number> {
  const { [name]: _previous, ...others } = changed
  return value === defaultMargins[name] ? others : { ...others, [name]: value }
}

/** The changed margins without those that the tray shows. */
export function withoutMarginFields(changed: Readonly<Record<string, number>>): Record<string, number> {
  const shown = new Set<string>(marginFields.map(({ name }) => name))
  return Object.fromEntries(Object.entries(changed).filter(([name]) => !shown.has(name)))
}
