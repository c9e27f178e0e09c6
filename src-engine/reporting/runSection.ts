import { mainSegments } from '#core/diagnostics/observables/segments.ts'
import type { SegmentDiagnosis } from '#core/diagnostics/verdict/verdictTypes.ts'
import { formatExact } from '#core/format/formatExact.ts'
import { missingMark } from '#core/format/characters.ts'
import { lightTokens } from '#figures/plot/lightTokens.ts'
import { stepsText } from '#figures/text/claimText.ts'
import { matchingSegment } from '#figures/text/shownSegment.ts'
import { folded } from './folded.ts'
import { givenName, markup, type Markup } from './markup.ts'
import { lineSwatch, quantities, verdictChip } from './marks.ts'
import type { ReportData, ReportedRun } from './reportData.ts'
import { segmentSection } from './segmentSection.ts'

/** One run: its verdict where that is more than the one segment's, then every segment that carries it. Folded where there are several runs. */
export function runSection(data: ReportData, runIndex: number, nextFigure: () => number): Markup {
  const run = data.runs[runIndex]
  if (!run) return markup``
  const { diagnosis } = run
  const idPrefix = `run${runIndex + 1}`
  const seeds = data.acrossRuns?.groups.find(({ runIds }) => runIds.includes(diagnosis.id)) ?? null
  const others = data.runs.filter((other) => other !== run && seeds?.runIds.includes(other.diagnosis.id))
  const shown = mainSegments(diagnosis.segments)
  const heading = markup`<h2>
    ${data.runs.length > 1 ? markup`${lineSwatch(lightTokens[run.style.color], run.style.dash)} ` : null}Run
    ${givenName(diagnosis.name)}
  </h2>`
  const content = markup`${diagnosis.segments.length === 1 ? null : wholeRun(run, shown, idPrefix)}
    ${shown.map((segment) => {
      const index = diagnosis.segments.indexOf(segment)
      const companions = others.flatMap((other) => {
        const matching = matchingSegment(other.diagnosis, segment)
        return matching ? [{ runName: other.diagnosis.name, color: other.style.color, segment: matching }] : []
      })
      const prefix = `${idPrefix}s${index + 1}`
      return markup`<section id="${prefix}">
        ${
          diagnosis.segments.length > 1
            ? markup`<h3>
                Segment ${index + 1} of ${diagnosis.segments.length}: ${stepsText(segment.from, segment.to)}
              </h3>`
            : null
        }${segmentSection(
          { runName: diagnosis.name, color: run.style.color, segment, companions, raw: run.raw[index] ?? null },
          {
            idPrefix: prefix,
            seeds,
            experimentCount: data.acrossRuns?.groups.length ?? 1,
            changedMargins: data.changedMargins,
            nextFigure,
          },
        )}
      </section>`
    })}`
  return markup`<section class="run" id="${idPrefix}">
    ${data.runs.length > 1 ? folded(`${idPrefix}-fold`, markup`${heading} ${verdictChip(diagnosis.verdict.id)}`, content) : markup`${heading}${content}`}
  </section>`
}

/** The verdict of a run with several segments, or with none that could be judged. */
function wholeRun({ diagnosis }: ReportedRun, shown: readonly SegmentDiagnosis[], idPrefix: string): Markup {
  const { verdict, segments } = diagnosis
  return markup`<p class="found">${verdictChip(verdict.id)}</p>
    <p class="claim">${quantities(verdict.summary)}</p>
    <p class="detail">${quantities(verdict.detail)}</p>
    ${
      segments.length === 0
        ? null
        : markup`<table class="evidence">
            <thead>
              <tr>
                <th scope="col">Segment</th>
                <th scope="col">Steps</th>
                <th scope="col">Judged from</th>
                <th scope="col">Learning rate</th>
                <th scope="col">Verdict</th>
              </tr>
            </thead>
            <tbody>
              ${segments.map(
                (segment, index) =>
                  markup`<tr>
                    <th scope="row">
                      ${
                        shown.includes(segment)
                          ? markup`<a href="#${idPrefix}s${index + 1}">${index + 1}</a>`
                          : index + 1
                      }
                    </th>
                    <td>${stepsText(segment.from, segment.to)}</td>
                    <td>${formatExact(segment.transientEnd)}</td>
                    <td>${learningRateText(segment)}</td>
                    <td>${verdictChip(segment.verdict.id)} ${quantities(segment.verdict.summary)}</td>
                  </tr>`,
              )}
            </tbody>
          </table>`
    }`
}

function learningRateText({ hyperparameters: { learningRate }, isConstant }: SegmentDiagnosis): string {
  if (learningRate !== undefined) return formatExact(learningRate)
  return isConstant ? missingMark : 'changes all the time'
}
