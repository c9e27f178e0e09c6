import { formatNumber } from '#core/format/formatNumber.ts'
import { missingMark } from '#core/format/characters.ts'
import { lightTokens } from '#figures/plot/lightTokens.ts'
import { judgedText } from '#figures/text/claimText.ts'
import { findResult, shownSegmentIndex } from '#figures/text/shownSegment.ts'
import { acrossRunsSection } from './acrossRunsSection.ts'
import { givenName, markup, trusted, type Markup } from './markup.ts'
import { lineSwatch, quantities, verdictChip } from './marks.ts'
import { methodsSection } from './methodsSection.ts'
import { numbersSection } from './numbersSection.ts'
import { provenanceSection } from './provenanceSection.ts'
import { readingsSection } from './readingsSection.ts'
import type { ReportData, ReportedRun } from './reportData.ts'
import { reportStyles } from './reportStyles.ts'
import { runSection } from './runSection.ts'
import { utcText } from './utcText.ts'

/** Nothing is loaded and nothing runs, whatever a name in a run contains. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; base-uri 'none'; form-action 'none'"

/** The whole report as one HTML document that needs neither network nor script. */
export function reportPage(data: ReportData): string {
  let figures = 0
  const nextFigure = (): number => (figures += 1)
  const names = data.runs.map(({ diagnosis }) => diagnosis.name)
  const page = markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="generator" content="Ergoscope ${data.programVersion}" />
        <title>Diagnosis of ${names.join(', ')}</title>
        <style>
          ${trusted(reportStyles)}
        </style>
      </head>
      <body>
        <header>
          <p class="over">
            Ergoscope ${data.programVersion} · method ${data.methodVersion} · ${utcText(data.writtenAtMs)}
          </p>
          <h1>Did the weights stop, or did they only settle into a distribution?</h1>
          ${data.runs.length > 1 ? overview(data.runs) : null}
        </header>
        <main>
          ${data.acrossRuns && data.runs.length > 1 ? acrossRunsSection(data.acrossRuns, data.runs, nextFigure) : null}
          ${data.runs.map((_, index) => runSection(data, index, nextFigure))} ${methodsSection(data)}
          ${provenanceSection(data)} ${readingsSection(data)} ${numbersSection(data)}
        </main>
      </body>
    </html> `
  return page.text
}

/** The runs of the report, each with its finding. */
function overview(runs: readonly ReportedRun[]): Markup {
  return markup`<table class="evidence">
    <thead>
      <tr>
        <th scope="col">Run</th>
        <th scope="col">Verdict</th>
        <th scope="col">Judged</th>
        <th scope="col" class="number">${quantities('mean ‖∇f‖²')}</th>
      </tr>
    </thead>
    <tbody>
      ${runs.map(({ diagnosis, style }, index) => {
        const segment = diagnosis.segments[shownSegmentIndex(diagnosis, undefined)]
        const gap = segment ? findResult(segment, 'stationarity-gap')?.estimate : undefined
        return markup`<tr>
          <th scope="row">
            ${lineSwatch(lightTokens[style.color], style.dash)}
            <a href="#run${index + 1}">${givenName(diagnosis.name)}</a>
          </th>
          <td>${verdictChip(diagnosis.verdict.id)} ${quantities(diagnosis.verdict.summary)}</td>
          <td>${segment ? judgedText(segment) : missingMark}</td>
          <td class="number">${gap === undefined || Number.isNaN(gap) ? missingMark : formatNumber(gap)}</td>
        </tr>`
      })}
    </tbody>
  </table>`
}
