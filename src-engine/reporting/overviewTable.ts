import { formatInterval } from '#core/format/formatEstimate.ts'
import { missingMark } from '#core/format/characters.ts'
import type { SegmentDiagnosis } from '#core/diagnostics/verdict/verdictTypes.ts'
import { lightTokens } from '#figures/plot/lightTokens.ts'
import { judgedText } from '#figures/text/claimText.ts'
import { findResult, shownSegmentIndex } from '#figures/text/shownSegment.ts'
import { givenName, markup, type Markup } from './markup.ts'
import { lineSwatch, quantities, verdictChip } from './marks.ts'
import type { ReportedRun } from './reportData.ts'

/** The runs of the report, each with its finding; a name leads to its evidence. */
export function overviewTable(runs: readonly ReportedRun[]): Markup {
  return markup`<table class="runs">
    <thead>
      <tr>
        <th scope="col">Run</th>
        <th scope="col">Verdict</th>
        <th scope="col">Judged</th>
        <th scope="col">${quantities('mean ‖∇f‖²')}</th>
      </tr>
    </thead>
    <tbody>
      ${runs.map(({ diagnosis, style }, index) => {
        const segment = diagnosis.segments[shownSegmentIndex(diagnosis, undefined)]
        return markup`<tr>
          <th scope="row">
            ${lineSwatch(lightTokens[style.color], style.dash)}
            <a href="#run${index + 1}">${givenName(diagnosis.name)}</a>
          </th>
          <td>${verdictChip(diagnosis.verdict.id)} ${quantities(diagnosis.verdict.summary)}</td>
          <td>${segment ? judgedText(segment) : missingMark}</td>
          <td class="estimate">${segment ? gapText(segment) : missingMark}</td>
        </tr>`
      })}
    </tbody>
  </table>`
}

function gapText(segment: SegmentDiagnosis): string {
  const gap = findResult(segment, 'stationarity-gap')
  return gap?.isJudged && Number.isFinite(gap.estimate) ? formatInterval(gap.estimate, gap.low, gap.high) : missingMark
}
