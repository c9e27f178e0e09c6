/** How a colour slot is drawn: ten hues, then the same hues dashed, then dotted. */
export interface RunColor {
  slot: number
  /** CSS custom property that holds the colour in both themes. */
  variable: string
  dash: 'solid' | 'dashed' | 'dotted'
}

const dashes = ['solid', 'dashed', 'dotted'] as const
const hueCount = 10

export function runColor(slot: number): RunColor {
  return {
    slot,
    variable: `--run-${(slot % hueCount) + 1}`,
    dash: dashes[Math.min(dashes.length - 1, Math.floor(slot / hueCount))] ?? 'dotted',
  }
}
