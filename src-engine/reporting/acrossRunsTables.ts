import { inWords } from '#core/format/inWords.ts'
import type {
  GroupComparison,
  ObservableAcrossRuns,
  ScalingCheck,
} from '#core/diagnostics/acrossRuns/acrossRunsTypes.ts'
import { betweenOverWithin, type LawDistances } from '#core/diagnostics/acrossRuns/lawDistances.ts'
import { missingMark } from '#core/format/characters.ts'
import { formatInteger } from '#core/format/formatCount.ts'
import { formatInterval } from '#core/format/formatEstimate.ts'
import { formatFixed, formatNumber } from '#core/format/formatNumber.ts'
import { groupFindings, partitionsText, pText, scalingName, scalingStates } from '#figures/text/experimentsText.ts'
import { markup, type Markup } from './markup.ts'
import { checkMark, quantities } from './marks.ts'

/** R̂ of every observable between seeds, and their distances where they are known. */
export function observablesTable(
  observables: readonly ObservableAcrossRuns[],
  distances: Readonly<Record<string, LawDistances>>,
): Markup | null {
  if (observables.length === 0) return null
  const hasDistances = Object.keys(distances).length > 0
  return markup`<table class="evidence">
      <thead>
        <tr>
          <th scope="col">Observable</th>
          <th scope="col">Finding</th>
          <th scope="col" class="number">R̂</th>
          <th scope="col" class="number">by chance up to</th>
          ${hasDistances ? markup`<th scope="col" class="number">between / within runs</th><th scope="col" class="number">halves exchanged</th>` : null}
          <th scope="col" class="number">effective samples</th>
          <th scope="col" class="number">points per run</th>
        </tr>
      </thead>
      <tbody>
        ${observables.map((row) => {
          const { state, text } = groupFindings[row.finding]
          const laws = distances[row.observable]
          return markup`<tr>
            <th scope="row">${checkMark(state)} ${quantities(inWords(row.observable))}</th>
            <td>${text}${row.isDeciding ? null : markup` <span class="quiet">(informs)</span>`}</td>
            <td class="number">${formatFixed(row.rhat, 3)}</td>
            <td class="number">${formatFixed(row.rhatScatter, 3)}</td>
            ${hasDistances ? markup`<td class="number">${laws ? betweenRuns(laws) : missingMark}</td><td class="number">${pText(laws?.p)}</td>` : null}
            <td class="number">${formatNumber(row.effectiveSampleSize)}</td>
            <td class="number">${formatInteger(row.sampleSize)}</td>
          </tr>`
        })}
      </tbody>
    </table>
    <p class="note">
      R̂ is rank-normalised and split; 1 means the same law in every run.
      ${hasDistances ? `Between / within: W₁ between halves of different runs over that between the halves of one run. Halves exchanged: permutation of which halves belong to one run${smallestText(Object.values(distances))}.` : null}
    </p>`
}

function smallestText(distances: readonly LawDistances[]): string {
  const smallest = Math.min(...distances.map(({ smallestP }) => smallestP).filter(Number.isFinite))
  return Number.isFinite(smallest) ? `; with so many runs its p is never below ${formatNumber(smallest, 2)}` : ''
}

/** Mean over the pairs of runs. */
function betweenRuns(laws: LawDistances): string {
  const ratio = betweenOverWithin(laws)
  return Number.isNaN(ratio) ? missingMark : formatNumber(ratio)
}

/** Experiments against each other, with runs as the units that are exchanged, and the scaling laws between them. */
export function betweenGroupsTables(groups: GroupComparison): Markup {
  return markup`${groups.observables.length > 0 ? exchangedRuns(groups) : null}
    ${groups.scaling.length > 0 ? scalingTable(groups.scaling) : null}
    ${
      groups.notChecked.length > 0
        ? markup`<ul class="note">${groups.notChecked.map((reason) => markup`<li>${quantities(inWords(reason))}</li>`)}</ul>`
        : null
    }`
}

function exchangedRuns(comparison: GroupComparison): Markup {
  const { observables } = comparison
  return markup`<table class="evidence">
      <thead>
        <tr>
          <th scope="col">Between experiments</th>
          <th scope="col">Finding</th>
          <th scope="col" class="number">distance within</th>
          <th scope="col" class="number">between</th>
          <th scope="col" class="number">runs exchanged</th>
          <th scope="col" class="number">after Holm</th>
          <th scope="col">Why</th>
        </tr>
      </thead>
      <tbody>
        ${observables.map((row) => {
          const { state, text } = groupFindings[row.finding]
          return markup`<tr>
            <th scope="row">${checkMark(state)} ${quantities(inWords(row.observable))}</th>
            <td>${text}</td>
            <td class="number">${formatNumber(row.within)}</td>
            <td class="number">${formatNumber(row.between)}</td>
            <td class="number">${pText(row.p)}</td>
            <td class="number">${pText(row.adjustedP)}</td>
            <td class="why">${quantities(inWords(row.reason))}</td>
          </tr>`
        })}
      </tbody>
    </table>
    <p class="note">Runs are exchanged, not steps: ${partitionsText(comparison)}. No difference seen is not equality.</p>`
}

function scalingTable(scaling: readonly ScalingCheck[]): Markup {
  return markup`<h4>Scaling in learning rate and batch size</h4>
    <table class="evidence">
      <thead><tr><th scope="col">Quantity</th><th scope="col">Ratio</th><th scope="col" class="number">Predicted</th><th scope="col">Why</th></tr></thead>
      <tbody>
        ${scaling.map(
          (check) =>
            markup`<tr>
              <th scope="row">${checkMark(scalingStates[check.finding])} ${quantities(scalingName(check))}</th>
              <td>${formatInterval(check.ratio, check.low, check.high)}</td>
              <td class="number">${formatNumber(check.predicted)}</td>
              <td class="why">${quantities(inWords(check.reason))}</td>
            </tr>`,
        )}
      </tbody>
    </table>`
}
