import { runTokens, type ColorToken } from './chartTheme.ts'

export type LineDash = 'solid' | 'dashed' | 'dotted'

export interface RunStyle {
  readonly color: ColorToken
  readonly dash: LineDash
}

/** Colour and dash of a slot (0, 1, 2, ...): ten hues, then the same hues dashed, then dotted. */
export function runStyle(slot: number): RunStyle {
  const dashes = ['solid', 'dashed', 'dotted'] as const
  return {
    color: runTokens[slot % runTokens.length] ?? '--run-1',
    dash: dashes[Math.floor(slot / runTokens.length)] ?? 'dotted',
  }
}
