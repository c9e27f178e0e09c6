import type { Command } from 'commander'
import type { AcrossRunsDiagnosis } from '#core/diagnostics/acrossRuns/acrossRunsTypes.ts'
import { defaultMargins, type DiagnosticMargins } from '#core/diagnostics/results/margins.ts'
import type { RunDiagnosis } from '#core/diagnostics/verdict/verdictTypes.ts'
import { compareSeeds } from '#engine/diagnosing/compareSeeds.ts'
import { formatBytes } from '#core/format/formatQuantity.ts'
import { diagnoseRuns } from '#engine/diagnosing/diagnoseRuns.ts'
import { gatherReport } from '#engine/reporting/gatherReport.ts'
import { writeReport } from '#engine/reporting/writeReport.ts'
import { ErgoscopeError } from '#shared/errors.ts'
import { requireFilePlace } from '#engine/workspace/requireFilePlace.ts'
import type { Workspace } from '#engine/workspace/workspace.ts'
import { manual } from '#engine/installation/manual.ts'
import type { RunRow } from '#shared/run.ts'
import { withRuns } from '../context.ts'
import { helpList } from '../helpList.ts'
import { collect, type CommonOptions, splitPair } from '../options.ts'
import { counted, printJson, say } from '../output.ts'
import { printAcrossRuns } from '../printAcrossRuns.ts'
import { printDiagnosis } from '../printDiagnosis.ts'
import { printSeveralRuns } from '../printSeveralRuns.ts'

export function addDiagnose(program: Command): void {
  program
    .command('diagnose')
    .description(
      'Did the weights stop, or did they only settle into a distribution? Every diagnostic that the recorded observables allow, and the verdict. Several runs are compared as seeds of one experiment, or of several where their settings differ.',
    )
    .argument('<RUN...>', 'id, unique prefix of an id, name, or path of a run folder')
    .option(
      '--margin <NAME=VALUE>',
      `change a margin, e.g. lossDriftOfMean=0.02, see ${manual('diagnostics')} (repeatable)`,
      collect,
    )
    .option('--report <FILE>', 'also write it all as one self-contained HTML file; an existing one is replaced')
    .addHelpText('after', () => `\nMargins (meanings: ${manual('diagnostics')}):\n${marginList()}`)
    .action(async (runs: string[], _options, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions & { margin?: string[]; report?: string }>()
      const { report } = options
      if (report !== undefined) requireFilePlace(report, `--report ${report}`)
      await withRuns(options, runs, async (workspace, rows) => {
        const margins = parseMargins(options.margin ?? [])
        const diagnoses = await diagnose(workspace, rows, margins)
        const seeds = diagnoses.map((diagnosis) => ({ runId: diagnosis.id, diagnosis }))
        const acrossRuns = await compareSeeds(workspace, seeds, { margins })
        if (options.json) printJson({ runs: diagnoses, acrossRuns })
        else print(diagnoses, acrossRuns, { ...defaultMargins, ...margins })
        // Last: a report that cannot be written does not take the diagnosis with it.
        if (report === undefined) return
        const input = { diagnoses, acrossRuns, changedMargins: margins }
        const written = writeReport(await gatherReport(workspace, input, Date.now()), report)
        say(`${written.path}: report of ${counted(diagnoses.length, 'run')}, ${formatBytes(written.bytes)}`)
      })
    })
}

function print(diagnoses: readonly RunDiagnosis[], acrossRuns: AcrossRunsDiagnosis, margins: DiagnosticMargins): void {
  const [only, ...others] = diagnoses
  if (others.length > 0) {
    printSeveralRuns(diagnoses, acrossRuns, margins)
  } else if (only) {
    printDiagnosis(only, { margins })
    // Whether other seeds agree is a question only where one run has a law.
    if (only.verdict.id === 'invariant-measure') printAcrossRuns(acrossRuns)
  }
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

function marginList(): string {
  const margins = Object.entries(defaultMargins).map(([name, value]) => `${name}=${value}`)
  return helpList([['name and default', margins]])
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
