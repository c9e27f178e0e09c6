import type { CheckState } from '#core/diagnostics/results/diagnosticResult.ts'

/** How a state of a check is drawn in a 16 x 16 box, and what it is called. */
export interface CheckGlyph {
  readonly name: string
  /** Whether a ring of radius 6 stands around the mark; the triangle of a warning is its own. */
  readonly hasRing: boolean
  readonly isDashed: boolean
  readonly mark: string
}

export const checkGlyphs: Readonly<Record<CheckState, CheckGlyph>> = {
  pass: { name: 'passes', hasRing: true, isDashed: false, mark: 'm5.3 8.2 1.9 1.9 3.5-3.9' },
  warn: { name: 'weak', hasRing: false, isDashed: false, mark: 'M8 2.2 14.4 13.4H1.6Z M8 6.6v3.2 M8 11.6v.1' },
  fail: { name: 'fails', hasRing: true, isDashed: false, mark: 'm5.8 5.8 4.4 4.4 M10.2 5.8l-4.4 4.4' },
  unknown: { name: 'cannot say', hasRing: true, isDashed: true, mark: '' },
}
