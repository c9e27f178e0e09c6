let loading: Promise<unknown> | null = null

/** Loads the fonts that charts write with: a canvas that draws before keeps the fallback. Resolves at once from the second call on. */
export function loadChartFonts(): Promise<unknown> {
  loading ??= Promise.all(
    ['11px "Inter Variable"', '11px "STIX Two Math"'].map((font) => document.fonts.load(font, 'a∇‖λη')),
  )
  return loading
}
