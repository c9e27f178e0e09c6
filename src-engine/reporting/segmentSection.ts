import type { SeedComparison } from '#core/diagnostics/acrossRuns/acrossRunsTypes.ts'
import type { DiagnosticResult } from '#core/diagnostics/results/diagnosticResult.ts'
import { linkState } from '#core/diagnostics/verdict/linkState.ts'
import { defaultMargins } from '#core/diagnostics/results/margins.ts'
import type { SegmentDiagnosis, Verdict } from '#core/diagnostics/verdict/verdictTypes.ts'
import type { ShownSegment } from '#figures/charts/contextOfChart.ts'
import {
  diagnosticPanels,
  elementId,
  type ChartedDiagnostic,
  type DiagnosticGroup,
} from '#figures/charts/diagnosticPanels.ts'
import { acrossReadings } from '#figures/reading/acrossRuns.ts'
import { readings } from '#figures/reading/readings.ts'
import { citableClaim, judgedText } from '#figures/text/claimText.ts'
import { neededText } from '#core/diagnostics/verdict/missingSamples.ts'
import { acrossSentence, asksSeeds, claimDetail } from '#figures/text/weakestLink.ts'
import { acrossHeading, seedsText, unsaidText } from '#figures/text/seedsText.ts'
import { unsaidRows } from '#figures/text/unsaidRows.ts'
import { settingRows } from '#figures/text/settingRows.ts'
import { evidenceTable } from './evidenceTable.ts'
import { figure } from './figure.ts'
import { markup, type Markup } from './markup.ts'
import { checkMark, intervalMark, quantities, verdictChip } from './marks.ts'

type Seeds = Pick<SeedComparison, 'runIds' | 'observables' | 'verdict'> | null

export interface SegmentPlace {
  /** Begins the ids of everything in the section. */
  readonly idPrefix: string
  readonly seeds: Seeds
  /** Experiments among the runs of the report. */
  readonly experimentCount: number
  readonly changedMargins: Readonly<Record<string, number>>
  /** Counts the figures of the report. */
  readonly nextFigure: () => number
}

/** The finding about one segment: the claim, its evidence, every chart, the numbers without one, and what cannot be said. */
export function segmentSection(shown: ShownSegment, place: SegmentPlace): Markup {
  const { segment, runName } = shown
  const { idPrefix } = place
  const { evidence, detail, informing, unknown } = diagnosticPanels(segment)
  const seeds = place.seeds !== null && asksSeeds(segment, place.seeds) ? place.seeds : null
  const idOf = (text: string): string => `${idPrefix}-${text.replace(/^diagnostic-/, '')}`
  const figures = (title: string, panels: readonly ChartedDiagnostic[]): Markup | null =>
    panels.length === 0
      ? null
      : markup`<h4>${title}</h4>
          <div class="figures">
            ${panels.map((panel) => figure(panel, shown, { id: idOf(panel.elementId), number: place.nextFigure() }))}
          </div>`
  const groups = (title: string, shownGroups: readonly DiagnosticGroup[]): Markup => {
    const drawn = figures(
      title,
      shownGroups.flatMap(({ charts }) => charts),
    )
    const numbers = shownGroups.flatMap(({ charts, result }) => (charts.length === 0 ? [result] : []))
    const titleOfNumbers = drawn === null ? title : `${title}: without a chart`
    return markup`${drawn}${numbers.length > 0 ? numbersTable(titleOfNumbers, numbers, segment.verdict, (id) => idOf(elementId(id))) : null}`
  }
  return markup`${claim(segment, { ...place, seeds })}
    <blockquote>
      <p><span class="quiet">To cite:</span> <bdi>${quantities(citableClaim(runName, segment, seeds))}</bdi></p>
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
    ${evidenceTable(segment, seeds, idPrefix)}
    ${figures('What the verdict rests on', evidence)} ${groups('The evidence in detail', detail)}
    ${groups('What else is known', informing)}
    ${unknownTable(unknown, seeds !== null && seedsText(seeds).state === 'unknown' ? seeds : null, (id) => idOf(elementId(id)))}`
}

function claim(
  segment: SegmentDiagnosis,
  { seeds, experimentCount, changedMargins }: Pick<SegmentPlace, 'seeds' | 'experimentCount' | 'changedMargins'>,
): Markup {
  const { id, summary } = segment.verdict
  const across = seeds === null ? '' : acrossHeading(seeds.verdict, { missingSeeds: 0, experiments: experimentCount })
  return markup`<p class="found">${verdictChip(id)} ${across === '' ? null : markup`<b>${across}</b> `}<span class="quiet">${judgedText(segment)}</span></p>
    <p class="claim">${quantities(summary)}</p>
    <p class="detail">${quantities(claimDetail(segment, seeds))} ${quantities(acrossSentence(segment, seeds))}</p>
    ${missing(segment, changedMargins)}`
}

function missing(segment: SegmentDiagnosis, changed: Readonly<Record<string, number>>): Markup | null {
  const text = neededText(segment, { ...defaultMargins, ...changed })
  return text === '' ? null : markup`<p class="needed">${text.charAt(0).toUpperCase()}${text.slice(1)}.</p>`
}

type IdOf = (id: DiagnosticResult['id']) => string

function titleOf(result: DiagnosticResult): Markup {
  const title = readings[result.id]?.chartTitle ?? result.title
  return readings[result.id] ? markup`<a href="#read-${result.id}">${quantities(title)}</a>` : quantities(title)
}

function numbersTable(title: string, results: readonly DiagnosticResult[], verdict: Verdict, idOf: IdOf): Markup {
  return markup`<h4>${title}</h4>
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
              <th scope="row" class="link">${checkMark(linkState(result, verdict))} ${titleOf(result)}</th>
              <td class="glyph">${Number.isFinite(result.estimate) ? intervalMark(result) : null}</td>
              <td>${quantities(`${result.summary} ${readings[result.id]?.line ?? ''}`)}</td>
              <td class="why">${quantities(result.reason)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`
}

function unknownTable(results: readonly DiagnosticResult[], seeds: Seeds, idOf: IdOf): Markup | null {
  if (results.length === 0 && seeds === null) return null
  return markup`<h4>What cannot be said, and what it would need</h4>
    <table class="evidence">
      <tbody>
        ${
          seeds === null
            ? null
            : markup`<tr>
              <th scope="row" class="link">${checkMark('unknown')} ${acrossReadings.seeds.chartTitle}</th>
              <td class="why">${quantities(unsaidText(seeds))}</td>
            </tr>`
        }${unsaidRows(results).map(
          ({ results: same, reason }) =>
            markup`<tr>
              <th scope="row" class="link">${same.map((result) => markup`<div id="${idOf(result.id)}">${checkMark('unknown')} ${titleOf(result)}</div>`)}</th>
              <td class="why">${quantities(reason)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`
}
