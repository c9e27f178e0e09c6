import type { SeedComparison } from '#core/diagnostics/acrossRunsTypes.ts'
import type { DiagnosticResult } from '#core/diagnostics/diagnosticResult.ts'
import { defaultMargins } from '#core/diagnostics/margins.ts'
import type { SegmentDiagnosis } from '#core/diagnostics/verdictTypes.ts'
import { formatCounted } from '#core/format/formatCount.ts'
import { formatExact } from '#core/format/formatExact.ts'
import { formatNumber } from '#core/format/formatNumber.ts'
import type { ShownSegment } from '#figures/charts/contextOfChart.ts'
import { diagnosticPanels, elementId } from '#figures/charts/diagnosticPanels.ts'
import { readings } from '#figures/reading/readings.ts'
import { citableClaim, judgedText } from '#figures/text/claimText.ts'
import { missingReason } from '#figures/text/evidenceText.ts'
import { missingSamples } from '#figures/text/missingSamples.ts'
import { settingRows } from '#figures/text/settingRows.ts'
import { evidenceTable } from './evidenceTable.ts'
import { figure } from './figure.ts'
import { markup, type Markup } from './markup.ts'
import { checkMark, intervalMark, quantities, verdictChip } from './marks.ts'

export interface SegmentPlace {
  /** Begins the ids of everything in the section. */
  readonly idPrefix: string
  readonly seeds: Pick<SeedComparison, 'observables' | 'verdict'> | null
  readonly changedMargins: Readonly<Record<string, number>>
  /** Counts the figures of the report. */
  readonly nextFigure: () => number
}

/** The finding about one segment: the claim, its evidence, every chart, the numbers without one, and what cannot be said. */
export function segmentSection(shown: ShownSegment, place: SegmentPlace): Markup {
  const { segment, runName } = shown
  const { idPrefix } = place
  const { charted, numbers, unknown } = diagnosticPanels(segment)
  const idOf = (text: string): string => `${idPrefix}-${text.replace(/^diagnostic-/, '')}`
  return markup`${claim(segment, place.changedMargins)}
    <blockquote>
      <p><span class="quiet">To cite:</span> <bdi>${quantities(citableClaim(runName, segment))}</bdi></p>
    </blockquote>
    <h4>Setting</h4>
    <dl class="settings">
      ${settingRows(segment).map(
        ({ label, value }) =>
          markup`<div>
            <dt>${label}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
    <h4>Evidence</h4>
    ${evidenceTable(segment, place.seeds, idPrefix)}
    ${charted.length > 0 ? markup`<div class="figures">${charted.map((panel) => figure(panel, shown, { id: idOf(panel.elementId), number: place.nextFigure() }))}</div>` : null}
    ${numbers.length > 0 ? numbersTable(numbers, (id) => idOf(elementId(id))) : null}
    ${unknown.length > 0 ? unknownTable(unknown, (id) => idOf(elementId(id))) : null}`
}

function claim(segment: SegmentDiagnosis, changed: Readonly<Record<string, number>>): Markup {
  const { id, summary, detail } = segment.verdict
  return markup`<p class="found">${verdictChip(id)} <span class="quiet">${judgedText(segment)}</span></p>
    <p class="claim">${quantities(summary)}</p>
    <p class="detail">${quantities(detail)}</p>
    ${id === 'not-enough-samples' ? missing(segment, changed) : null}`
}

function missing(segment: SegmentDiagnosis, changed: Readonly<Record<string, number>>): Markup | null {
  const samples = missingSamples(segment, { ...defaultMargins, ...changed })
  if (samples === null) return null
  const more = Number.isFinite(samples.moreSteps)
    ? `: about ${formatCounted(samples.moreSteps, 'more step')} at this learning rate`
    : ''
  return markup`<p class="needed">
    Have ${formatNumber(samples.have, 2)}, need ${formatExact(samples.need)} effective samples${more}.
  </p>`
}

type IdOf = (id: DiagnosticResult['id']) => string

function titleOf(result: DiagnosticResult): Markup {
  const title = readings[result.id]?.chartTitle ?? result.title
  return readings[result.id] ? markup`<a href="#read-${result.id}">${quantities(title)}</a>` : quantities(title)
}

function numbersTable(results: readonly DiagnosticResult[], idOf: IdOf): Markup {
  return markup`<h4>Without a chart</h4>
    <table class="evidence">
      <thead>
        <tr>
          <th scope="col">Diagnostic</th>
          <th scope="col">Interval, margin</th>
          <th scope="col">Finding</th>
          <th scope="col">Why</th>
        </tr>
      </thead>
      <tbody>
        ${results.map(
          (result) =>
            markup`<tr id="${idOf(result.id)}">
              <th scope="row" class="link">${checkMark(result.verdict)} ${titleOf(result)}</th>
              <td class="glyph">${Number.isFinite(result.estimate) ? intervalMark(result) : null}</td>
              <td>${quantities(`${result.summary} ${readings[result.id]?.line ?? ''}`)}</td>
              <td class="why">${quantities(result.reason)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`
}

function unknownTable(results: readonly DiagnosticResult[], idOf: IdOf): Markup {
  return markup`<h4>What cannot be said, and what it would need</h4>
    <table class="evidence">
      <tbody>
        ${results.map(
          (result) =>
            markup`<tr id="${idOf(result.id)}">
              <th scope="row" class="link">${checkMark('unknown')} ${titleOf(result)}</th>
              <td class="why">${quantities(missingReason(result.reason))}</td>
            </tr>`,
        )}
      </tbody>
    </table>`
}
