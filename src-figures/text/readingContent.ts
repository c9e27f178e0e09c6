import { scalingName } from './experimentsText.ts'
import { inWords } from '#core/format/inWords.ts'
import type { SeedGroup } from '#core/diagnostics/acrossRuns/acrossRunsTypes.ts'
import type { AcrossRunsDiagnosis, RunMap } from '#core/diagnostics/acrossRuns/acrossRunsTypes.ts'
import type { CheckState, DiagnosticId, DiagnosticResult } from '#core/diagnostics/results/diagnosticResult.ts'
import { linkState } from '#core/diagnostics/verdict/linkState.ts'
import type { Verdict } from '#core/diagnostics/verdict/verdictTypes.ts'
import { formatNumber } from '#core/format/formatNumber.ts'
import { acrossReadings, type AcrossReadingId } from '../reading/acrossRuns.ts'
import type { Reading } from '../reading/reading.ts'
import { readings } from '../reading/readings.ts'
import { numbersText, resultNumbers, resultText, type NumberRow } from './resultNumbers.ts'
import { seedsText } from './seedsText.ts'

/** Everything that can be explained. */
export type ReadingId = DiagnosticId | AcrossReadingId

/** What is told beside a chart: what was found, how to read it, and its numbers. */
export interface ReadingContent {
  readonly id: ReadingId
  readonly title: string
  readonly state: CheckState
  readonly summary: string
  readonly reason: string
  readonly reading: Reading | undefined
  readonly numbers: readonly NumberRow[]
  /** The numbers with all digits, to be copied. */
  readonly text: string
}

export function contentOfResult(result: DiagnosticResult, verdict: Pick<Verdict, 'evidence'>): ReadingContent {
  const { id, title, summary, reason } = result
  return {
    id,
    title,
    state: linkState(result, verdict),
    summary,
    reason,
    reading: readings[id],
    numbers: resultNumbers(result),
    text: resultText(result),
  }
}

const row = (label: string, exact: number, digits = 3): NumberRow => ({
  label: inWords(label),
  value: formatNumber(exact, digits),
  exact,
})

export function contentOfSeeds(seeds: SeedGroup, rhatLimit: number): ReadingContent {
  const numbers = seeds.observables.flatMap((one) => [
    row(`R̂, ${one.observable}`, one.rhat, 4),
    row(`by chance up to, ${one.observable}`, one.rhatScatter, 4),
    row(`effective samples, ${one.observable}`, one.effectiveSampleSize),
    row(`points per run, ${one.observable}`, one.sampleSize),
  ])
  const { summary, detail } = seeds.verdict
  return content('seeds', { state: seedsText(seeds, rhatLimit).state, summary, reason: inWords(detail), numbers })
}

export function contentOfMap(map: RunMap, nameOf: (runId: string) => string): ReadingContent {
  const numbers = [
    row('stress', map.stress),
    row('share of the distances held', map.explainedShare),
    ...map.runs.flatMap(({ runId, x, y }) => [row(`${nameOf(runId)}, x`, x), row(`${nameOf(runId)}, y`, y)]),
  ]
  const summary = `The runs by their distances in ${inWords(map.observable)}.`
  return content('run-map', { state: 'unknown', summary, reason: 'it shows, and decides nothing', numbers })
}

export function contentOfExperiments({ verdict, betweenGroups }: AcrossRunsDiagnosis): ReadingContent {
  const numbers = [
    ...(betweenGroups?.observables ?? []).flatMap((one) => [
      row(`within, ${one.observable}`, one.within),
      row(`between, ${one.observable}`, one.between),
      row(`p, ${one.observable}`, one.p),
      row(`p after Holm, ${one.observable}`, one.adjustedP),
    ]),
    ...(betweenGroups?.scaling ?? []).flatMap((check) => {
      const name = scalingName(check)
      return [
        row(`${name}: ratio`, check.ratio),
        row(`${name}: low`, check.low),
        row(`${name}: high`, check.high),
        row(`${name}: predicted`, check.predicted),
      ]
    }),
  ]
  const isDifferent = betweenGroups?.observables.some(({ finding }) => finding === 'different') ?? false
  return content('experiments', {
    state: isDifferent ? 'warn' : 'unknown',
    summary: verdict.summary,
    reason: inWords(verdict.detail),
    numbers,
  })
}

function content(
  id: AcrossReadingId,
  { numbers, ...found }: Pick<ReadingContent, 'state' | 'summary' | 'reason' | 'numbers'>,
): ReadingContent {
  const reading = acrossReadings[id]
  const finite = numbers.filter(({ exact }) => Number.isFinite(exact))
  const title = reading.chartTitle
  return { id, title, reading, ...found, numbers: finite, text: numbersText(title, found.reason, finite) }
}
