import { inWords } from '#core/format/inWords.ts'
import type {
  AcrossRunsDiagnosis,
  GroupComparison,
  ObservableAcrossRuns,
  ObservableBetweenGroups,
  RunMap,
  SeedGroup,
} from '#core/diagnostics/acrossRuns/acrossRunsTypes.ts'
import { betweenOverWithin, type LawDistances } from '#core/diagnostics/acrossRuns/lawDistances.ts'
import { missingMark } from '#core/format/characters.ts'
import { formatNumber } from '#core/format/formatNumber.ts'
import { formatPValue } from '#core/format/formatPValue.ts'
import { acrossRunsVerdictNames } from '#core/format/verdictNames.ts'
import { counted, printLine, printTable, printText } from './output.ts'

/** The verdict across seeds, of each experiment where there are several, and the numbers that decided. */
export function printAcrossRuns({ groups, betweenGroups, distances, map, ...all }: AcrossRunsDiagnosis): void {
  printVerdict('Across seeds', all.verdict)
  if (betweenGroups === null) {
    printObservables(all, distances)
  } else {
    printBetween(betweenGroups)
    for (const group of groups) {
      printVerdict(`${group.label} (${counted(group.runIds.length, 'run')})`, group.verdict)
      printObservables(group)
    }
  }
  if (map !== null && all.runIds.length > 1) printMap(map)
}

function printVerdict(title: string, { id, summary, detail }: AcrossRunsDiagnosis['verdict']): void {
  printText(`${title}: ${acrossRunsVerdictNames[id].toLowerCase()}`)
  printText(summary, '  ')
  printText(inWords(detail), '  ')
  printLine()
}

function printObservables(
  { window, observables }: Pick<SeedGroup, 'window' | 'observables'>,
  distances: AcrossRunsDiagnosis['distances'] = {},
): void {
  if (observables.length === 0) return
  const hasDistances = Object.keys(distances).length > 0
  printTable<ObservableAcrossRuns>(
    [
      { title: '  OBSERVABLE', cell: ({ observable }) => `  ${inWords(observable)}` },
      { title: 'LAW', cell: ({ finding }) => finding },
      { title: 'R̂', align: 'right', cell: ({ rhat }) => numberText(rhat, 4) },
      { title: 'BY CHANCE', align: 'right', cell: ({ rhatScatter }) => numberText(rhatScatter, 4) },
      { title: 'ESS', align: 'right', cell: ({ effectiveSampleSize }) => numberText(effectiveSampleSize) },
      { title: 'POINTS', align: 'right', cell: ({ sampleSize }) => String(sampleSize) },
      ...(hasDistances
        ? [
            {
              title: 'BETWEEN/WITHIN',
              align: 'right' as const,
              cell: ({ observable }: ObservableAcrossRuns) => ratioText(distances[observable]),
            },
            {
              title: 'HALVES',
              cell: ({ observable }: ObservableAcrossRuns) => halvesText(distances[observable]),
            },
          ]
        : []),
    ],
    observables,
  )
  printText(legend(window, hasDistances ? smallestP(distances) : Number.NaN), '  ')
  printLine()
}

/** What the columns mean: they are too narrow to say it. */
function legend(window: SeedGroup['window'], smallest: number): string {
  const parts = [
    `steps ${window.from} to ${window.to} of each run`,
    'ESS: effective samples of the run that has fewest',
    ...(Number.isNaN(smallest)
      ? []
      : [
          'between/within: W₁ between runs over that of the halves of one',
          `halves: p when the halves of the runs are exchanged, the smallest possible is ${formatNumber(smallest, 2)}`,
        ]),
  ]
  return parts.join('; ')
}

function smallestP(distances: AcrossRunsDiagnosis['distances']): number {
  return Object.values(distances).find(({ p }) => !Number.isNaN(p))?.smallestP ?? Number.NaN
}

function ratioText(distances: LawDistances | undefined): string {
  return distances ? numberText(betweenOverWithin(distances)) : ''
}

function halvesText(distances: LawDistances | undefined): string {
  if (!distances || Number.isNaN(distances.p)) return ''
  return formatPValue(distances.p)
}

function printBetween({ observables, scaling, notChecked, partitionCount, isComplete }: GroupComparison): void {
  if (observables.length > 0) {
    printTable<ObservableBetweenGroups>(
      [
        { title: '  BETWEEN EXPERIMENTS', cell: ({ observable }) => `  ${inWords(observable)}` },
        { title: 'LAW', cell: ({ finding }) => finding },
        { title: 'WITHIN', align: 'right', cell: ({ within }) => numberText(within) },
        { title: 'BETWEEN', align: 'right', cell: ({ between }) => numberText(between) },
        { title: 'RUNS EXCHANGED', cell: ({ p }) => (Number.isNaN(p) ? 'too few runs' : formatPValue(p)) },
        { title: 'HOLM', cell: ({ adjustedP }) => (Number.isNaN(adjustedP) ? '' : formatPValue(adjustedP)) },
      ],
      observables,
    )
    if (partitionCount > 0)
      printLine(`  ${isComplete ? 'all' : 'the true and random'} ${counted(partitionCount, 'partition')} of the runs`)
    printLine()
  }
  for (const { finding, reason } of scaling) printText(inWords(reason), `  ${finding.padEnd(10)}  `)
  for (const reason of notChecked) printText(inWords(reason), '  ?           ')
  printLine()
}

function numberText(value: number, digits = 3): string {
  return Number.isNaN(value) ? missingMark : formatNumber(value, digits)
}

function printMap({ observable, distance, runs, stress, explainedShare }: RunMap): void {
  const named = distance === 'wasserstein1' ? 'W₁' : 'sliced W₂'
  printText(
    `map by ${named} of ${inWords(observable)}: ${counted(runs.length, 'run')}, stress ${formatNumber(stress, 2)}, ${formatNumber(100 * explainedShare)} % of the distances`,
    '  ',
  )
  printLine()
}
