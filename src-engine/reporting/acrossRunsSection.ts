import { inWords } from '#core/format/inWords.ts'
import type { AcrossRunsDiagnosis, AcrossRunsVerdict, RunMap } from '#core/diagnostics/acrossRuns/acrossRunsTypes.ts'
import type { LawDistances } from '#core/diagnostics/acrossRuns/lawDistances.ts'
import { formatNumber } from '#core/format/formatNumber.ts'
import { acrossRunsVerdictNames } from '#core/format/verdictNames.ts'
import { distanceName, mapQuality, mapRows, runMapOptions, type MapStyle } from '#figures/charts/runMapOptions.ts'
import { acrossReadings } from '#figures/reading/acrossRuns.ts'
import { stepsText } from '#figures/text/claimText.ts'
import { seedsText } from '#figures/text/seedsText.ts'
import { betweenGroupsTables, observablesTable } from './acrossRunsTables.ts'
import { drawnFigure } from './drawnFigure.ts'
import { numbersOf } from './figure.ts'
import { linksTable } from './linksTable.ts'
import { givenName, markup, type Markup } from './markup.ts'
import { checkMark, quantities } from './marks.ts'
import { overviewTable } from './overviewTable.ts'
import type { ReportedRun } from './reportData.ts'

/** Several runs: what they say together, the runs, and the evidence across them: each experiment where there are several, R̂ of every observable, the map, the distances of every pair, and the chains of evidence side by side. */
export function acrossRunsSection(
  acrossRuns: AcrossRunsDiagnosis,
  runs: readonly ReportedRun[],
  nextFigure: () => number,
): Markup {
  const { verdict, window, observables, distances, groups, betweenGroups, map } = acrossRuns
  const nameOf = (id: string): string => runs.find(({ diagnosis }) => diagnosis.id === id)?.diagnosis.name ?? id
  const names = acrossRuns.runIds.map(nameOf)
  const steps = Number.isFinite(window.from) ? stepsText(window.from, window.to) : ''
  return markup`<section id="across">
    <h2>Across ${runs.length} runs</h2>
    ${acrossVerdict(verdict, seedsText(acrossRuns).state, steps)}
    <h3>The runs</h3>
    ${overviewTable(runs)}
    <h3>Evidence across the runs</h3>
    ${
      betweenGroups === null
        ? observablesTable(observables, distances)
        : markup`${betweenGroupsTables(betweenGroups)}
          ${groups.map(
            (
              group,
            ) => markup`<h3>${givenName(group.label)}: ${group.runIds.map((id, i) => markup`${i > 0 ? ', ' : ''}${givenName(nameOf(id))}`)}</h3>
              ${acrossVerdict(group.verdict, seedsText(group).state, '')}
              ${observablesTable(group.observables, {})}`,
          )}`
    }
    ${map ? mapFigure(map, runs, nextFigure()) : null}
    ${Object.entries(distances).map(([observable, laws]) => distancesTable(observable, laws, names))}
    <h3>What each verdict rests on</h3>
    ${linksTable(runs)}
  </section>`
}

/** The runs in the plane, with their points to copy. */
function mapFigure(map: RunMap, runs: readonly ReportedRun[], number: number): Markup {
  const styleOf = (runId: string): MapStyle => {
    const run = runs.find(({ diagnosis }) => diagnosis.id === runId)
    return { name: run?.diagnosis.name ?? runId, color: run?.style.color ?? '--run-1' }
  }
  const { chartTitle, line } = acrossReadings['run-map']
  return markup`<div class="figures">
    <figure id="map">
      <div class="plot" role="img" aria-label="${chartTitle}">
        ${drawnFigure((frame) => runMapOptions(map, styleOf, frame))}
      </div>
      <figcaption>
        <p>
          <b>Figure ${number}. ${chartTitle}</b>
          <span class="quiet"
            >${distanceName(map)} of ${quantities(inWords(map.observable))}, ${mapQuality(map)}</span
          >. ${line} High stress means that the plane cannot hold the distances.
        </p>
      </figcaption>
      ${numbersOf(mapRows(map, styleOf))}
    </figure>
  </div>`
}

function acrossVerdict(
  { id, summary, detail }: AcrossRunsVerdict,
  state: Parameters<typeof checkMark>[0],
  steps: string,
): Markup {
  return markup`<p class="found">${checkMark(state)} <b>${acrossRunsVerdictNames[id]}</b> <span class="quiet">${steps}</span></p>
    <p class="claim">${quantities(summary)}</p>
    <p class="detail">${quantities(inWords(detail))}</p>`
}

function distancesTable(observable: string, { relative }: LawDistances, names: readonly string[]): Markup {
  return markup`<details>
    <summary>
      W₁ of ${quantities(inWords(observable))} between runs, over its mean between the halves of one run
    </summary>
    <div class="wide"><table class="data">
      <thead><tr><th></th>${names.map((name) => markup`<th>${givenName(name)}</th>`)}</tr></thead>
      <tbody>
        ${relative.map(
          (row, i) =>
            markup`<tr>
              <th scope="row">${givenName(names[i] ?? '')}</th>
              ${row.map((ratio) => markup`<td>${formatNumber(ratio)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table></div>
  </details>`
}
