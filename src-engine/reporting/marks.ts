import type { CheckState, DiagnosticResult } from '#core/diagnostics/results/diagnosticResult.ts'
import { isVerdictId, verdictNames } from '#core/format/verdictNames.ts'
import { checkGlyphs } from '#figures/glyphs/checkGlyph.ts'
import { intervalGlyphLayout } from '#figures/glyphs/intervalGlyphLayout.ts'
import { verdictGlyphs } from '#figures/glyphs/verdictGlyphs.ts'
import type { LineDash } from '#figures/plot/runStyle.ts'
import { quantityParts } from '#figures/text/quantityParts.ts'
import { markup, type Markup } from './markup.ts'

/** A text with its quantities set in the math face. */
export function quantities(text: string): Markup {
  return markup`${quantityParts(text).map(({ text: part, isMath, subscript }) =>
    isMath
      ? markup`<span class="math">${part}${subscript === '' ? null : markup`<sub>${subscript}</sub>`}</span>`
      : part,
  )}`
}

/** The state of a check: never by colour alone, and named for who cannot see it. */
export function checkMark(state: CheckState): Markup {
  const { name, hasRing, isDashed, mark } = checkGlyphs[state]
  return markup`<svg class="check ${state}" viewBox="0 0 16 16" role="img" aria-label="${name}">
    ${
      hasRing ? markup`<circle cx="8" cy="8" r="6" ${isDashed ? markup` stroke-dasharray="2.4 2.2"` : null} />` : null
    }${mark === '' ? null : markup`<path d="${mark}" />`}
  </svg>`
}

/** The finding with its glyph; a verdict of a newer version is written as it is. */
export function verdictChip(verdictId: string): Markup {
  if (!isVerdictId(verdictId)) return markup`<span class="chip open">${verdictId.replaceAll('-', ' ')}</span>`
  const { line, dot, isDashed, hue } = verdictGlyphs[verdictId]
  return markup`<span class="chip ${hue}"
    ><svg viewBox="0 0 16 16" aria-hidden="true">
      <path d="${line}" ${isDashed ? markup` stroke-dasharray="2.4 2"` : null} />
      ${dot ? markup`<circle class="dot" cx="${dot.x}" cy="${dot.y}" r="${dot.radius}" />` : null}</svg
    >${verdictNames[verdictId]}</span
  >`
}

/** The key of a line: its colour and dash. */
export function lineSwatch(color: string, dash: LineDash): Markup {
  const dashes =
    dash === 'dashed' ? markup` stroke-dasharray="6 3"` : dash === 'dotted' ? markup` stroke-dasharray="2 2.5"` : null
  return markup`<svg class="swatch" viewBox="0 0 18 8" aria-hidden="true">
    <line x1="0" y1="4" x2="18" y2="4" stroke="${color}" stroke-width="2.4" ${dashes} />
  </svg>`
}

const glyphWidth = 110
const rounded = (pixel: number): string => pixel.toFixed(1)

/** Estimate and interval on a small axis, over the margin, with the threshold. */
export function intervalMark(result: DiagnosticResult): Markup {
  const { estimate, bar, margin, threshold } = intervalGlyphLayout(result, glyphWidth)
  return markup`<svg class="interval" viewBox="0 0 ${glyphWidth} 16" aria-hidden="true">
    <line class="axis" x2="${glyphWidth}" y1="8" y2="8" />
    ${
      margin
        ? markup`<rect
            class="margin"
            x="${rounded(margin.from)}"
            width="${rounded(Math.max(0, margin.to - margin.from))}"
            y="2"
            height="12"
          />`
        : null
    }${
      threshold === null
        ? null
        : markup`<line class="threshold" x1="${rounded(threshold)}" x2="${rounded(threshold)}" y1="2" y2="14" />`
    }${
      bar
        ? markup`<path
            class="bar"
            d="M${rounded(bar.from)} 8H${rounded(bar.to)}M${rounded(bar.from)} 5v6M${rounded(bar.to)} 5v6"
          />`
        : null
    }${estimate === null ? null : markup`<circle cx="${rounded(estimate)}" cy="8" r="2.6" />`}
  </svg>`
}
