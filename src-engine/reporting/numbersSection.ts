import { linkState } from '#core/diagnostics/verdict/linkState.ts'
import type { SegmentDiagnosis } from '#core/diagnostics/verdict/verdictTypes.ts'
import { inPageOrder } from '#figures/charts/diagnosticPanels.ts'
import { stepsText } from '#figures/text/claimText.ts'
import { resultNumbers } from '#figures/text/resultNumbers.ts'
import { folded } from './folded.ts'
import { givenName, markup, type Markup } from './markup.ts'
import { checkMark, quantities } from './marks.ts'
import type { ReportData } from './reportData.ts'

/** Every number of every diagnostic, of all segments: rounded to read, with all digits to copy. */
export function numbersSection({ runs }: ReportData): Markup {
  return markup`<section class="numbers" id="numbers">
    ${folded(
      'numbers-fold',
      markup`<h2>All numbers</h2>`,
      markup`${runs.map(({ diagnosis }) =>
        diagnosis.segments.map(
          (segment) =>
            markup`<h3>Run ${givenName(diagnosis.name)}, ${stepsText(segment.from, segment.to)}</h3>
              ${segmentNumbers(segment)}`,
        ),
      )}`,
    )}
  </section>`
}

function segmentNumbers({ diagnostics, verdict }: SegmentDiagnosis): Markup {
  return markup`<div class="columns">
    ${inPageOrder(diagnostics).map((result) => {
      const rows = resultNumbers(result)
      return markup`<table class="data">
        <caption>
          ${checkMark(linkState(result, verdict))}
          <b>${result.title}</b>. ${quantities(result.reason)}. Assumes: ${quantities(result.assumption)}
        </caption>
        <tbody>
          ${rows.map(
            ({ label, value, exact }) =>
              markup`<tr><th scope="row">${quantities(label)}<td>${value}<td class="exact">${exact}`,
          )}
      </table>`
    })}
  </div>`
}
