/** Hues of runs, by slot. */
export const runTokens = [
  '--run-1',
  '--run-2',
  '--run-3',
  '--run-4',
  '--run-5',
  '--run-6',
  '--run-7',
  '--run-8',
  '--run-9',
  '--run-10',
] as const

/** Steps of the sequential map, low to high. */
export const mapTokens = [
  '--seq-1',
  '--seq-2',
  '--seq-3',
  '--seq-4',
  '--seq-5',
  '--seq-6',
  '--seq-7',
  '--seq-8',
  '--seq-9',
] as const

/** Names of the design tokens that charts draw with; the same name works as CSS variable in the tray and as colour on the canvas. */
export const colorTokens = [
  ...runTokens,
  ...mapTokens,
  '--chart-grid',
  '--chart-axis',
  '--chart-label',
  '--chart-title',
  '--chart-cursor',
  '--chart-reference',
  '--chart-shade',
  '--chart-margin',
  '--text-1',
  '--text-2',
  '--text-3',
  '--accent',
  '--bg-surface',
  '--v-diverged',
  '--v-diverged-soft',
  '--line-strong',
] as const

export type ColorToken = (typeof colorTokens)[number]

const alphaTokens = ['--band-alpha', '--raw-alpha', '--faded-alpha'] as const

export interface ChartTheme {
  readonly colors: Readonly<Record<ColorToken, string>>
  readonly bandAlpha: number
  readonly rawAlpha: number
  readonly fadedAlpha: number
  readonly fontFamily: string
}

/** Reads the tokens in force; `read` gives the value of a CSS variable (of the document's root, or of the export's light theme). */
export function readChartTheme(read: (name: string) => string): ChartTheme {
  const colors = Object.fromEntries(colorTokens.map((token) => [token, read(token).trim()]))
  const [bandAlpha, rawAlpha, fadedAlpha] = alphaTokens.map((token) => Number(read(token)) || 0.2)
  return {
    // Object.fromEntries forgets the keys that were just mapped.
    colors: colors as Record<ColorToken, string>,
    bandAlpha: bandAlpha ?? 0.2,
    rawAlpha: rawAlpha ?? 0.2,
    fadedAlpha: fadedAlpha ?? 0.2,
    // Single quotes: ECharts writes the family unescaped into attributes of an exported SVG.
    fontFamily: read('--font-ui').trim().replaceAll('"', "'"),
  }
}
