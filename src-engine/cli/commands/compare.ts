import type { Command } from 'commander'
import { formatNumber } from '#core/format/formatNumber.ts'
import { differingKeys } from '#core/runs/runGroups.ts'
import { settingsOf } from '#core/runs/settingsOf.ts'
import type { Workspace } from '#engine/workspace/workspace.ts'
import type { ConfigValue, MetricSummary, RunRow } from '#shared/run.ts'
import { withRuns } from '../context.ts'
import type { CommonOptions } from '../options.ts'
import { printable, printJson, printLine, printTable } from '../output.ts'
import { requireScalar } from './series.ts'

export function addCompare(program: Command): void {
  program
    .command('compare')
    .description(
      'Set runs side by side in one metric: at the last step that all of them reached, and what differs in their configuration.',
    )
    .argument('<RUN...>', 'id, unique prefix of an id, name, or path of a run folder')
    .requiredOption('--metric <METRIC>', 'e.g. probe/loss')
    .action(async (runs: string[], _options, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions & { metric: string }>()
      await withRuns(options, runs, (workspace, rows) => {
        const comparison = compare(workspace, rows, options.metric)
        if (options.json) printJson(comparison)
        else printComparison(comparison)
      })
    })
}

interface ComparedRun extends MetricSummary {
  id: string
  name: string
  status: string
  /** Value at `atStep`. */
  valueAtStep: number
}

interface Comparison {
  metric: string
  /** Last step of the run that ends first; each run's newest point up to there is compared. */
  atStep: number
  runs: ComparedRun[]
  differs: Record<string, (ConfigValue | undefined)[]>
}

function compare(workspace: Workspace, rows: readonly RunRow[], metric: string): Comparison {
  for (const row of rows) requireScalar(workspace, row, metric)
  const summaries = rows.map((row) => row.metrics[metric] ?? emptySummary)
  const atStep = Math.min(...summaries.map((summary) => summary.lastStep))
  return {
    metric,
    atStep,
    runs: rows.map(({ id, name, status }, i) => ({
      id,
      name,
      status,
      valueAtStep: workspace.reader(id).scalars(metric, { to: atStep }).values.at(-1) ?? Number.NaN,
      ...(summaries[i] ?? emptySummary),
    })),
    differs: differingConfig(rows),
  }
}

const emptySummary: MetricSummary = {
  last: Number.NaN,
  min: Number.NaN,
  max: Number.NaN,
  count: 0,
  lastStep: Number.NaN,
  nonFiniteCount: 0,
}

function differingConfig(rows: readonly RunRow[]): Comparison['differs'] {
  const settings = rows.map(settingsOf)
  return Object.fromEntries(differingKeys(rows).map((key) => [key, settings.map((one) => one[key])]))
}

function printComparison({ metric, atStep, runs, differs }: Comparison): void {
  printLine(`${printable(metric)} at step ${atStep}`)
  printTable<ComparedRun>(
    [
      { title: 'RUN', cell: (run) => run.name },
      { title: 'STATUS', cell: (run) => run.status },
      { title: `AT ${atStep}`, align: 'right', cell: (run) => formatNumber(run.valueAtStep) },
      { title: 'LAST', align: 'right', cell: (run) => formatNumber(run.last) },
      { title: 'MIN', align: 'right', cell: (run) => formatNumber(run.min) },
      { title: 'MAX', align: 'right', cell: (run) => formatNumber(run.max) },
      { title: 'POINTS', align: 'right', cell: (run) => String(run.count) },
    ],
    runs,
  )
  if (Object.keys(differs).length === 0) return
  printLine('\nconfiguration, what differs')
  for (const [key, values] of Object.entries(differs))
    printLine(`  ${printable(key)}: ${values.map((value) => printable(String(value ?? '–'))).join(' | ')}`)
}
