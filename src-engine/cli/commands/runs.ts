import type { Command } from 'commander'
import { formatNumber } from '#core/format/formatNumber.ts'
import { formatAgo } from '#core/format/formatQuantity.ts'
import { shortenMiddle } from '#core/format/shortenMiddle.ts'
import { verdictNames, isVerdictId } from '#core/format/verdictNames.ts'
import { leadingValue } from '#core/runs/leadingValue.ts'
import { ergoscopeCommand } from '#engine/installation/ergoscopeCommand.ts'
import { isLive, type RunProblem, type RunRow } from '#shared/run.ts'
import { withWorkspace, workspacePath } from '../context.ts'
import type { CommonOptions } from '../options.ts'
import { printJson, printTable, say } from '../output.ts'

const longestName = 48

export function addRuns(program: Command): void {
  program
    .command('runs')
    .description('List the runs of the workspace.')
    .option('--filter <EXPR>', `only matching runs, e.g. 'status = "finished" and config.learning_rate >= 0.1'`, '')
    .action(async (_options, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions & { filter: string }>()
      await withWorkspace(options, (workspace) => {
        const { runs, totalCount } = workspace.list({ filter: options.filter })
        for (const problem of workspace.info().problems) say(problemText(problem))
        if (options.json) printJson(runs.map(runJson))
        else if (totalCount === 0)
          say(`No runs in ${workspacePath(options)}. Train one: ${ergoscopeCommand('train quadratic-sgd')}`)
        else if (runs.length === 0) say(`None of ${totalCount} runs matches the filter.`)
        else {
          printRuns(runs)
          if (runs.some(awaitsVerdict))
            say(`VERDICT – is not known yet: ${ergoscopeCommand('diagnose RUN')} finds it, and so does the window.`)
        }
      })
    })
}

/** The documented form of a run in `runs --json` and `show --json`. */
export function runJson(row: RunRow): Record<string, unknown> {
  const metrics = Object.fromEntries(
    Object.entries(row.metrics).map(([name, { last, min, max, count, lastStep, nonFiniteCount }]) => [
      name,
      { last, min, max, count, lastStep, nonFiniteCount },
    ]),
  )
  const {
    id,
    name,
    status,
    statusDetail,
    steps,
    plannedSteps,
    group,
    seed,
    source,
    tags,
    notes,
    createdAtMs,
    path,
    config,
    verdict,
  } = row
  return {
    id,
    name,
    status,
    statusDetail,
    steps,
    plannedSteps,
    group,
    seed,
    source,
    tags,
    notes,
    createdAtMs,
    path,
    config,
    metrics,
    verdict,
  }
}

function printRuns(runs: readonly RunRow[]): void {
  printTable<RunRow>(
    [
      { title: 'ID', cell: (row) => row.id.slice(0, 8) },
      { title: 'NAME', cell: (row) => shortenMiddle(row.name, longestName) },
      { title: 'STATUS', cell: (row) => row.status },
      { title: 'VERDICT', cell: (row) => verdictName(row) },
      { title: 'STEPS', align: 'right', cell: (row) => String(row.steps) },
      { title: 'LOSS', align: 'right', cell: (row) => formatNumber(leadingValue(row, 'loss')?.last) },
      { title: 'GRADIENT NORM', align: 'right', cell: (row) => formatNumber(leadingValue(row, 'gradient_norm')?.last) },
      { title: 'CREATED', cell: (row) => formatAgo(row.createdAtMs, Date.now()) },
    ],
    runs,
  )
}

/** Some messages name the file themselves. */
function problemText({ path, message }: RunProblem): string {
  return message.includes(path) ? message : `${path}: ${message}`
}

/** Ended, with points, and never diagnosed. */
function awaitsVerdict({ verdict, status, pointCount }: RunRow): boolean {
  return verdict === null && !isLive(status) && pointCount > 0
}

function verdictName(row: RunRow): string {
  if (!row.verdict) return '–'
  return isVerdictId(row.verdict.id) ? verdictNames[row.verdict.id] : row.verdict.id
}
