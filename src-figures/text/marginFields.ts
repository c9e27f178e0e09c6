import type { DiagnosticResult } from '#core/diagnostics/results/diagnosticResult.ts'
import { defaultMargins } from '#core/diagnostics/results/margins.ts'
import { unitSpace } from '#core/format/characters.ts'
import { formatExact } from '#core/format/formatExact.ts'
import { marginGroups, type MarginField, type MarginName } from './marginGroups.ts'

export const marginFields: readonly MarginField[] = marginGroups.flatMap(({ fields }) => fields)

/** The margins where there is room for few: those that decide most verdicts, each as it is in force for these results, and what was changed. */
export function decidingMargins(
  results: readonly Pick<DiagnosticResult, 'margin'>[],
  changed: Readonly<Record<string, number>>,
): MarginField[] {
  const inForce = new Set(results.map(({ margin }) => margin))
  const replaced = new Set(marginFields.flatMap(({ name, insteadOf }) => (inForce.has(name) ? [insteadOf] : [])))
  return marginFields.filter(
    ({ name, isMain }) => name in changed || inForce.has(name) || (isMain === true && !replaced.has(name)),
  )
}

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

/** The stored value of what was typed; null when it is not a positive number, or not a whole one where it counts. A decimal comma is understood. */
export function parseMargin(field: MarginField, text: string): number | null {
  const typed = text.trim().replace(',', '.')
  const value = Number(typed)
  if (typed === '' || !Number.isFinite(value) || value <= 0) return null
  return field.isWhole === true && !Number.isInteger(value) ? null : rounded(value / field.scale)
}

/** The changed margins with one more change; a value that is the default is not kept: a default that is mended later then holds for everybody. */
export function withMargin(
  changed: Readonly<Record<string, number>>,
  name: MarginName,
  value: number,
): Record<string, number> {
  const { [name]: _previous, ...others } = changed
  return value === defaultMargins[name] ? others : { ...others, [name]: value }
}
