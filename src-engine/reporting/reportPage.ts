import { acrossRunsSection } from './acrossRunsSection.ts'
import { markup, trusted, type Markup } from './markup.ts'
import { methodsSection } from './methodsSection.ts'
import { numbersSection } from './numbersSection.ts'
import { overviewTable } from './overviewTable.ts'
import { provenanceSection } from './provenanceSection.ts'
import { readingsSection } from './readingsSection.ts'
import type { ReportData } from './reportData.ts'
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
        </header>
        <main>
          ${data.runs.length > 1 ? severalRuns(data, nextFigure) : null}
          ${data.runs.map((_, index) => runSection(data, index, nextFigure))} ${methodsSection(data)}
          ${provenanceSection(data)} ${readingsSection(data)} ${numbersSection(data)}
        </main>
      </body>
    </html> `
  return page.text
}

/** The runs together; the full evidence of each follows. */
function severalRuns({ acrossRuns, runs }: ReportData, nextFigure: () => number): Markup {
  return markup`${acrossRuns ? acrossRunsSection(acrossRuns, runs, nextFigure) : overviewTable(runs)}
    <h3 class="onscreen">Each run in full</h3>`
}
