import { readings } from '#figures/reading/readings.ts'
import { folded } from './folded.ts'
import { formula } from './formula.ts'
import { markup, type Markup } from './markup.ts'
import { quantities } from './marks.ts'
import { shownDiagnostics } from './methodsSection.ts'
import type { ReportData } from './reportData.ts'

/** How to read each diagnostic that the report shows: what it is for, its formula, what it assumes, when it misleads, where it comes from. */
export function readingsSection(data: ReportData): Markup {
  const parts = shownDiagnostics(data).flatMap((id) => {
    const reading = readings[id]
    if (!reading) return []
    const texts: [string, string][] = [
      ['Estimator', reading.estimator],
      ['Assumes', reading.assumptions],
      ['Misleads when', reading.misleads],
      ['Sources', reading.sources.join('. ')],
    ]
    return [
      markup`<article id="read-${id}">
        <h3>
          ${quantities(reading.chartTitle)}${reading.definition === '' ? null : markup` <span class="quiet">${quantities(reading.definition)}</span>`}
        </h3>
        <p>${quantities(reading.purpose)}</p>
        <div class="formula">${formula(reading.formula)}</div>
        <p class="symbols">${quantities(reading.symbols)}</p>
        <dl>
          ${texts.map(
            ([term, text]) =>
              markup`<dt>${term}</dt>
                <dd>${quantities(text)}</dd>`,
          )}
        </dl>
      </article>`,
    ]
  })
  return markup`<section class="readings" id="readings">
    ${folded('readings-fold', markup`<h2>How to read the diagnostics</h2>`, markup`${parts}`)}
  </section>`
}
