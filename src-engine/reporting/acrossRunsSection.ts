import type { AcrossRunsDiagnosis, LawFinding, ObservableAcrossRuns } from '#core/diagnostics/acrossRunsTypes.ts'
import type { LawDistances } from '#core/diagnostics/lawDistances.ts'
import type { CheckState } from '#core/diagnostics/diagnosticResult.ts'
import { missingMark } from '#core/format/characters.ts'
import { formatInteger } from '#core/format/formatCount.ts'
import { formatFixed, formatNumber } from '#core/format/formatNumber.ts'
import { formatPValue } from '#core/format/formatPValue.ts'
import { stepsText } from '#figures/text/claimText.ts'
import { seedsText } from '#figures/text/seedsText.ts'
import { givenName, markup, type Markup } from './markup.ts'
import { checkMark, quantities } from './marks.ts'
import type { ReportedRun } from './reportData.ts'

const findings: Readonly<Record<LawFinding, { state: CheckState; text: string }>> = {
  equal: { state: 'pass', text: 'one law' },
  different: { state: 'warn', text: 'laws differ' },
  unresolved: { state: 'unknown', text: 'unresolved' },
}

/** The laws of several runs against each other: the verdict, R̂ of every observable, and the distances of every pair. */
export function acrossRunsSection(acrossRuns: AcrossRunsDiagnosis, runs: readonly ReportedRun[]): Markup {
  const { verdict, window, observables, distances } = acrossRuns
  const names = acrossRuns.runIds.map((id) => runs.find(({ diagnosis }) => diagnosis.id === id)?.diagnosis.name ?? id)
  return markup`<section id="across">
    <h2>Across ${runs.length} runs</h2>
    <p class="found">
      ${checkMark(seedsText(acrossRuns).state)} <b>${verdict.id.replaceAll('-', ' ')}</b>${
        Number.isFinite(window.from) ? markup` <span class="quiet">${stepsText(window.from, window.to)}</span>` : null
      }
    </p>
    <p class="claim">${quantities(verdict.summary)}</p>
    <p class="detail">${quantities(verdict.detail)}</p>
    ${observables.length > 0 ? observablesTable(observables, distances) : null}
    ${Object.entries(distances).map(([observable, laws]) => distancesTable(observable, laws, names))}
  </section>`
}

function observablesTable(
  observables: readonly ObservableAcrossRuns[],
  distances: Readonly<Record<string, LawDistances>>,
): Markup {
  return markup`<table class="evidence">
      <thead>
        <tr>
          <th scope="col">Observable</th>
          <th scope="col">Finding</th>
          <th scope="col" class="number">R̂</th>
          <th scope="col" class="number">by chance up to</th>
          <th scope="col" class="number">between / within runs</th>
          <th scope="col" class="number">halves exchanged</th>
          <th scope="col" class="number">effective samples</th>
          <th scope="col" class="number">points per run</th>
        </tr>
      </thead>
      <tbody>
        ${observables.map((row) => {
          const { state, text } = findings[row.finding]
          const laws = distances[row.observable]
          return markup`<tr>
            <th scope="row">${checkMark(state)} ${quantities(row.observable.replaceAll('_', ' '))}</th>
            <td>${text}${row.isDeciding ? null : markup` <span class="quiet">(informs)</span>`}</td>
            <td class="number">${formatFixed(row.rhat, 3)}</td>
            <td class="number">${formatFixed(row.rhatScatter, 3)}</td>
            <td class="number">${laws ? betweenRuns(laws) : missingMark}</td>
            <td class="number">${laws && Number.isFinite(laws.p) ? formatPValue(laws.p) : missingMark}</td>
            <td class="number">${formatNumber(row.effectiveSampleSize)}</td>
            <td class="number">${formatInteger(row.sampleSize)}</td>
          </tr>`
        })}
      </tbody>
    </table>
    <p class="note">
      R̂ is rank-normalised and split; 1 means the same law in every run. Between / within: W₁ between halves of
      different runs over that between the halves of one run. Halves exchanged: permutation of which halves belong to
      one run${smallestText(Object.values(distances))}.
    </p>`
}

function smallestText(distances: readonly LawDistances[]): string {
  const smallest = Math.min(...distances.map(({ smallestP }) => smallestP).filter(Number.isFinite))
  return Number.isFinite(smallest) ? `; with so many runs its p is never below ${formatNumber(smallest, 2)}` : ''
}

/** Mean over the pairs of runs. */
function betweenRuns({ relative }: LawDistances): string {
  const pairs = relative.flatMap((row, i) => row.filter((_, j) => j > i))
  return formatNumber(pairs.reduce((sum, ratio) => sum + ratio, 0) / pairs.length)
}

function distancesTable(observable: string, { relative }: LawDistances, names: readonly string[]): Markup {
  return markup`<details>
    <summary>
      W₁ of ${quantities(observable.replaceAll('_', ' '))} between runs, over its mean between the halves of one run
    </summary>
    <table class="data">
      <thead>
        <tr>
          <th></th>
          ${names.map((name) => markup`<th>${givenName(name)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${relative.map(
          (row, i) =>
            markup`<tr>
              <th scope="row">${givenName(names[i] ?? '')}</th>
              ${row.map((ratio) => markup`<td>${formatNumber(ratio)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </details>`
}
