import type { SegmentDiagnosis } from '#core/diagnostics/verdict/verdictTypes.ts'
import { missingMark } from '#core/format/characters.ts'
import { evidenceText } from '#figures/text/evidenceText.ts'
import { findResult, shownSegmentIndex } from '#figures/text/shownSegment.ts'
import { givenName, markup, type Markup } from './markup.ts'
import { checkMark, quantities } from './marks.ts'
import type { ReportedRun } from './reportData.ts'

/** The chains of evidence of several runs side by side: a row for each link, a column for each run, of the segment that carries its verdict. */
export function linksTable(runs: readonly Pick<ReportedRun, 'diagnosis'>[]): Markup {
  const shown = runs.map(({ diagnosis }) => diagnosis.segments[shownSegmentIndex(diagnosis, undefined)])
  const claims = [
    ...new Map(
      shown
        .flatMap((segment) => segment?.verdict.evidence ?? [])
        .map(({ diagnosticId, claim }) => [diagnosticId, claim]),
    ),
  ]
  return markup`<div class="wide"><table class="links">
    <thead>
      <tr>
        <th scope="col">Link</th>
        ${runs.map(({ diagnosis }) => markup`<th scope="col">${givenName(diagnosis.name)}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${claims.map(
        ([id, claim]) =>
          markup`<tr>
            <th scope="row">${claim}</th>
            ${shown.map((segment) => markup`<td>${segment ? linkCell(segment, id) : missingMark}</td>`)}
          </tr>`,
      )}
    </tbody>
  </table></div>`
}

type LinkId = SegmentDiagnosis['verdict']['evidence'][number]['diagnosticId']

function linkCell(segment: SegmentDiagnosis, id: LinkId): Markup | string {
  const link = segment.verdict.evidence.find(({ diagnosticId }) => diagnosticId === id)
  const result = findResult(segment, id)
  if (!link || !result) return missingMark
  if (!result.isJudged) return markup`${checkMark(link.state)} ${missingMark}`
  const { estimate, limit, isKnown } = evidenceText(result)
  return markup`${checkMark(link.state)} ${quantities(estimate)}${isKnown ? markup`<br /><span class="quiet">${quantities(limit)}</span>` : null}`
}
