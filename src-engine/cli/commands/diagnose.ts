import type { Command } from 'commander'
import type { LawDistances } from '#core/diagnostics/compareLaws.ts'
import type { AcrossRunsDiagnosis, ObservableAcrossRuns } from '#core/diagnostics/acrossRunsTypes.ts'
import type { RunDiagnosis } from '#core/diagnostics/verdictTypes.ts'
import { formatNumber } from '#core/format/formatNumber.ts'
import { formatPValue } from '#core/format/formatPValue.ts'
import { compareSeeds } from '#engine/diagnosing/compareSeeds.ts'
import { formatBytes } from '#core/format/formatQuantity.ts'
import { diagnoseRuns } from '#engine/diagnosing/diagnoseRuns.ts'
import { gatherReport } from '#engine/reporting/gatherReport.ts'
import { writeReport } from '#engine/reporting/writeReport.ts'
import { ErgoscopeError } from '#shared/errors.ts'
import { requireFilePlace } from '#engine/workspace/requireFilePlace.ts'
import type { Workspace } from '#engine/workspace/workspace.ts'
import type { RunRow } from '#shared/run.ts'
import { withRuns } from '../context.ts'
import { collect, type CommonOptions, splitPair } from '../options.ts'
import { counted, printJson, printLine, printTable, say } from '../output.ts'
import { printDiagnosis } from '../printDiagnosis.ts'

export function addDiagnose(program: Command): void {
  program
    .command('diagnose')
    .description(
      'Did the weights stop, or did they only settle into a distribution? Every diagnostic that the recorded observables allow, and the verdict. Several runs are compared as seeds of one experiment.',
    )
    .argument('<RUN...>', 'id, unique prefix of an id, name, or path of a run folder')
    .option(
      '--margin <NAME=VALUE>',
      'change a margin, e.g. lossDriftOfMean=0.02, see docs/diagnostics (repeatable)',
      collect,
    )
    .option('--report <FILE>', 'also write it all as one self-contained HTML file; an existing one is replaced')
    .action(async (runs: string[], _options, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions & { margin?: string[]; report?: string }>()
      const { report } = options
      if (report !== undefined) requireFilePlace(report, `--report ${report}`)
      await withRuns(options, runs, async (workspace, rows) => {
        const margins = parseMargins(options.margin ?? [])
        const diagnoses = await diagnose(workspace, rows, margins)
        const seeds = diagnoses.map((diagnosis) => ({ runId: diagnosis.id, diagnosis }))
        const acrossRuns = seeds.length > 1 ? await compareSeeds(workspace, seeds, { margins }) : undefined
        if (report !== undefined) {
          const input = { diagnoses, acrossRuns: acrossRuns ?? null, changedMargins: margins }
          const written = writeReport(await gatherReport(workspace, input, Date.now()), report)
          say(`${written.path}: report of ${counted(diagnoses.length, 'run')}, ${formatBytes(written.bytes)}`)
        }
        if (options.json) {
          printJson({ runs: diagnoses, ...(acrossRuns && { acrossRuns }) })
          return
        }
        for (const diagnosis of diagnoses) printDiagnosis(diagnosis)
        if (acrossRuns) printAcrossRuns(acrossRuns)
      })
    })
}

export async function diagnose(
  workspace: Workspace,
  rows: readonly RunRow[],
  margins: Record<string, number>,
): Promise<RunDiagnosis[]> {
  const outcome = await diagnoseRuns(
    workspace,
    rows.map((row) => row.id),
    {
      margins,
      onProgress: ({ label }) => {
        if (process.stderr.isTTY) say(label)
      },
    },
  )
  return outcome.map((entry) => entry.diagnosis)
}

function parseMargins(pairs: readonly string[]): Record<string, number> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [name, text] = splitPair(pair, '--margin', 'lossDriftOfMean=0.02')
      const value = Number(text)
      if (text === '' || !Number.isFinite(value))
        throw new ErgoscopeError('bad-request', `--margin ${name}=${text}: a number is needed`)
      return [name, value]
    }),
  )
}

function printAcrossRuns({ verdict, window, observables, distances }: AcrossRunsDiagnosis): void {
  printLine(`Across seeds: ${verdict.id.replaceAll('-', ' ')}`)
  printLine(`  ${verdict.summary}`)
  printLine(`  ${verdict.detail}`)
  if (observables.length === 0) return
  printLine()
  printTable<ObservableAcrossRuns>(
    [
      { title: `  STEPS ${window.from} TO ${window.to}`, cell: ({ observable }) => `  ${observable}` },
      { title: 'LAW', cell: ({ finding }) => finding },
      { title: 'R̂', align: 'right', cell: ({ rhat }) => formatNumber(rhat, 4) },
      { title: 'BY CHANCE', align: 'right', cell: ({ rhatScatter }) => formatNumber(rhatScatter, 4) },
      { title: 'BETWEEN/WITHIN RUNS', align: 'right', cell: ({ observable }) => ratioText(distances[observable]) },
      { title: 'HALVES EXCHANGED', cell: ({ observable }) => pText(distances[observable]) },
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

function pText(distances: LawDistances | undefined): string {
  if (!distances || Number.isNaN(distances.p)) return ''
  return `${formatPValue(distances.p)}; the smallest possible is ${formatNumber(distances.smallestP, 2)}`
}
