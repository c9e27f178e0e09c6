import type { VerdictId } from '#core/diagnostics/verdict/verdictTypes.ts'

interface VerdictGlyph {
  /** Path in a 16 x 16 box, drawn as a line. */
  line: string
  dot: { x: number; y: number; radius: number } | null
  isDashed: boolean
  /** Name of the colour tokens `--v-HUE` and `--v-HUE-soft`. */
  hue: 'diverged' | 'open' | 'moving' | 'stationary' | 'cycle' | 'invariant'
}

const slope = 'M1.8 3.5 14.2 13'
const slopeDot = { x: 7.4, y: 4.9, radius: 1.9 }

/** Glyphs of the findings: a resting dot in a bowl, a bell, a loop, a slope, a rising curve, a dashed ring, a stair. */
export const verdictGlyphs: Record<VerdictId, VerdictGlyph> = {
  'stationary-point': {
    line: 'M1.8 3.6C3 9.6 4.9 13 8 13s5-3.4 6.2-9.4',
    dot: { x: 8, y: 10.4, radius: 1.9 },
    isDashed: false,
    hue: 'stationary',
  },
  'invariant-measure': {
    line: 'M1.5 12.6c3.4 0 3.7-9.2 6.5-9.2s3.1 9.2 6.5 9.2',
    dot: null,
    isDashed: false,
    hue: 'invariant',
  },
  'limit-cycle': {
    line: 'M2 8a6 3.6 0 1 0 12 0a6 3.6 0 1 0 -12 0',
    dot: { x: 12.4, y: 10.4, radius: 1.8 },
    isDashed: false,
    hue: 'cycle',
  },
  'still-descending': { line: slope, dot: slopeDot, isDashed: false, hue: 'moving' },
  drifting: { line: 'M1.8 10.5C5 7.5 6.5 11 9 8.5S12.5 5.2 14.2 4.6', dot: null, isDashed: false, hue: 'moving' },
  diverged: {
    line: 'M1.8 13C8 13 11 9.5 12.6 4.6',
    dot: { x: 13, y: 3.2, radius: 1.8 },
    isDashed: false,
    hue: 'diverged',
  },
  'not-enough-samples': {
    line: 'M2.4 8a5.6 5.6 0 1 0 11.2 0a5.6 5.6 0 1 0 -11.2 0',
    dot: { x: 8, y: 8, radius: 1 },
    isDashed: true,
    hue: 'open',
  },
  'several-segments': { line: 'M1.8 3.8H6v4.2h4.2v4.2h4', dot: null, isDashed: false, hue: 'open' },
  'no-variation': { line: 'M1.8 8h12.4', dot: null, isDashed: false, hue: 'open' },
}
