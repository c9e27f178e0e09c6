import { inWords, withSymbols } from '#core/format/inWords.ts'
import type {
  AcrossRunsDiagnosis,
  GroupComparison,
  ObservableAcrossRuns,
  ObservableBetweenGroups,
  RunMap,
  SeedGroup,
} from '#core/diagnostics/acrossRunsTypes.ts'
import type { LawDistances } from '#core/diagnostics/lawDistances.ts'
import { formatNumber } from '#core/format/formatNumber.ts'
import { formatPValue } from '#core/format/formatPValue.ts'
import { acrossRunsVerdictNames } from '#core/format/verdictNames.ts'
import { counted, printable, printLine, printTable } from './output.ts'

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
  printLine(`${printable(title)}: ${acrossRunsVerdictNames[id].toLowerCase()}`)
  printLine(`  ${printable(summary)}`)
  printLine(`  ${printable(withSymbols(detail))}`)
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
      { title: `  STEPS ${window.from} TO ${window.to}`, cell: ({ observable }) => `  ${inWords(observable)}` },
      { title: 'LAW', cell: ({ finding }) => finding },
      { title: 'R̂', align: 'right', cell: ({ rhat }) => formatNumber(rhat, 4) },
      { title: 'BY CHANCE', align: 'right', cell: ({ rhatScatter }) => formatNumber(rhatScatter, 4) },
      {
        title: 'EFFECTIVE SAMPLES',
        align: 'right',
        cell: ({ effectiveSampleSize }) => formatNumber(effectiveSampleSize),
      },
      ...(hasDistances
        ? [
            {
              title: 'BETWEEN/WITHIN RUNS',
              align: 'right' as const,
              cell: ({ observable }: ObservableAcrossRuns) => ratioText(distances[observable]),
            },
            {
              title: 'HALVES EXCHANGED',
              cell: ({ observable }: ObservableAcrossRuns) => halvesText(distances[observable]),
            },
          ]
        : []),
    ],
    observables,
  )
  printLine()
}

function ratioText(distances: LawDistances | undefined): string {
  if (!distances) return ''
  const between = distances.relative.flatMap((row, i) => row.filter((_, j) => j > i))
  return formatNumber(between.reduce((sum, ratio) => sum + ratio, 0) / between.length)
}

function halvesText(distances: LawDistances | undefined): string {
  if (!distances || Number.isNaN(distances.p)) return ''
  return `${formatPValue(distances.p)}; the smallest possible is ${formatNumber(distances.smallestP, 2)}`
}

function printBetween({ observables, scaling, notChecked, partitionCount, isComplete }: GroupComparison): void {
  if (observables.length > 0) {
    printTable<ObservableBetweenGroups>(
      [
        { title: '  BETWEEN EXPERIMENTS', cell: ({ observable }) => `  ${inWords(observable)}` },
        { title: 'LAW', cell: ({ finding }) => finding },
        { title: 'WITHIN', align: 'right', cell: ({ within }) => formatNumber(within) },
        { title: 'BETWEEN', align: 'right', cell: ({ between }) => formatNumber(between) },
        { title: 'RUNS EXCHANGED', cell: ({ p }) => (Number.isNaN(p) ? 'too few runs' : formatPValue(p)) },
        { title: 'HOLM', cell: ({ adjustedP }) => (Number.isNaN(adjustedP) ? '' : formatPValue(adjustedP)) },
      ],
      observables,
    )
    if (partitionCount > 0)
      printLine(`  ${isComplete ? 'all' : 'the true and random'} ${counted(partitionCount, 'partition')} of the runs`)
  }
  for (const { finding, reason } of scaling) printLine(`  ${finding.padEnd(10)}  ${printable(withSymbols(reason))}`)
  for (const reason of notChecked) printLine(`  ?           ${printable(withSymbols(reason))}`)
  printLine()
}

function printMap({ observable, distance, runs, stress, explainedShare }: RunMap): void {
  const named = distance === 'wasserstein1' ? 'W₁' : 'sliced W₂'
  printLine(
    `  map by ${named} of ${inWords(observable)}: ${counted(runs.length, 'run')}, stress ${formatNumber(stress, 2)}, ${formatNumber(100 * explainedShare)} % of the distances`,
  )
  printLine()
}
