import { inWords } from '#core/format/inWords.ts'
import type { SeedComparison } from '#core/diagnostics/acrossRuns/acrossRunsTypes.ts'
import type { SegmentDiagnosis } from '#core/diagnostics/verdict/verdictTypes.ts'
import { missingMark } from '#core/format/characters.ts'
import { formatInteger } from '#core/format/formatCount.ts'
import { evidenceText } from '#figures/text/evidenceText.ts'
import { seedsText } from '#figures/text/seedsText.ts'
import { findResult } from '#figures/text/shownSegment.ts'
import { weakestLink } from '#figures/text/weakestLink.ts'
import { markup, type Markup } from './markup.ts'
import { checkMark, intervalMark, quantities } from './marks.ts'

/** The chain of evidence in the order of the verdict's logic: each link with estimate, interval, limit, sample size and reason; the weakest is marked. */
export function evidenceTable(
  segment: SegmentDiagnosis,
  seeds: Pick<SeedComparison, 'runIds' | 'observables' | 'verdict'> | null,
  idPrefix: string,
): Markup {
  const weakest = weakestLink(segment, seeds)
  const rows = segment.verdict.evidence.flatMap((link) => {
    const isWeakest = link.diagnosticId === weakest
    const result = findResult(segment, link.diagnosticId)
    if (!result) return []
    const text = evidenceText(result)
    return [
      markup`<tr${isWeakest ? markup` class="weakest"` : null}>
<th scope="row" class="link">${checkMark(link.state)} <a href="#${idPrefix}-${link.diagnosticId}">${link.claim}</a>${isWeakest ? markup` <b class="word">weakest link</b>` : null}</th>
<td class="estimate">${quantities(text.estimate)}</td>
<td class="glyph">${text.isKnown ? intervalMark(result) : null}</td>
<td class="limit">${text.isKnown ? quantities(text.limit) : missingMark}</td>
<td class="number">${result.sampleSize > 0 ? formatInteger(result.sampleSize) : missingMark}</td>
<td class="why">${quantities(link.note)}</td>
</tr>`,
    ]
  })
  return markup`<table class="evidence">
    <thead>
      <tr>
        <th scope="col">Link</th>
        <th scope="col">Estimate</th>
        <th scope="col">Interval, margin</th>
        <th scope="col">Limit</th>
        <th scope="col" class="number">Points</th>
        <th scope="col">Why</th>
      </tr>
    </thead>
    <tbody>
      ${rows}${seeds ? seedsRow(seeds, weakest === 'seeds') : null}
    </tbody>
  </table>`
}

function seedsRow(
  { runIds, observables, verdict }: Pick<SeedComparison, 'runIds' | 'observables' | 'verdict'>,
  isWeakest: boolean,
): Markup {
  const { state, estimate, limit, note } = seedsText({ observables, verdict })
  const name = runIds.length > 1 ? markup`<a href="#across">Seeds agree</a>` : markup`Seeds agree`
  return markup`<tr${isWeakest ? markup` class="weakest"` : null}>
    <th scope="row" class="link">${checkMark(state)} ${name}${isWeakest ? markup` <b class="word">weakest link</b>` : null}</th>
    <td class="estimate">${quantities(estimate)}</td>
    <td></td>
    <td class="limit">${quantities(limit)}</td>
    <td class="number">${missingMark}</td>
    <td class="why">${quantities(inWords(note))}</td>
  </tr>`
}
