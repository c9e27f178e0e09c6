import type { Command } from 'commander'
import { formatNumber } from '#core/format/formatNumber.ts'
import { isLive, type MetricInfo, type RunDetail } from '#shared/run.ts'
import { withRuns } from '../context.ts'
import type { CommonOptions } from '../options.ts'
import { printable, printJson, printLine, printTable } from '../output.ts'
import { runJson } from './runs.ts'

export function addShow(program: Command): void {
  program
    .command('show')
    .description('Show one run: status, configuration, segments, metrics, events.')
    .argument('<RUN>', 'id, unique prefix of an id, name, or path of a run folder')
    .action(async (run: string, _options, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions>()
      await withRuns(options, [run], (workspace, rows) => {
        for (const row of rows) {
          const detail = workspace.detail(row.id)
          if (options.json) printJson(detailJson(detail))
          else printDetail(detail)
        }
      })
    })
}

function detailJson(detail: RunDetail): Record<string, unknown> {
  const { segments, events, checkpoints, versions, host, attempts, metrics } = detail
  return { ...runJson(detail.run), metricInfo: metrics, segments, events, checkpoints, versions, host, attempts }
}

function printDetail({ run, segments, events, metrics, checkpoints, attempts }: RunDetail): void {
  printLine(`${printable(run.name)}  ${run.id}`)
  printLine(`status    ${run.status}${run.statusDetail ? `: ${printable(run.statusDetail)}` : ''}`)
  if (run.verdict) printLine(`verdict   ${printable(run.verdict.summary)}`)
  printLine(`steps     ${run.steps}${run.plannedSteps === null ? '' : ` of ${run.plannedSteps}`}`)
  printLine(`folder    ${run.path}`)
  if (attempts > 1) printLine(`attempts  ${attempts}; where steps repeat, the last attempt is shown`)
  printLine('\nCONFIG')
  for (const [key, value] of Object.entries(run.config)) printLine(`  ${printable(key)} = ${printable(String(value))}`)
  if (segments.length > 0) printLine('\nSEGMENTS')
  for (const { from, to, learningRate } of segments) {
    const end = to === null ? (isLive(run.status) ? 'now' : run.steps - 1) : to - 1
    printLine(`  steps ${from} to ${end}: learning rate ${learningRate ?? 'varies'}`)
  }
  printLine()
  printMetrics(run.metrics, metrics)
  printLine(`\nEVENTS (${events.length}), CHECKPOINTS (${checkpoints.length})`)
  for (const event of events.slice(-12))
    printLine(`  ${event.step === null ? '' : `step ${event.step}: `}${printable(event.message)}`)
}

function printMetrics(summaries: RunDetail['run']['metrics'], metrics: readonly MetricInfo[]): void {
  printTable<MetricInfo>(
    [
      { title: 'METRIC', cell: (metric) => metric.name },
      { title: 'COUNT', align: 'right', cell: (metric) => countText(summaries[metric.name]?.count, metric) },
      { title: 'LAST', align: 'right', cell: (metric) => formatNumber(summaries[metric.name]?.last) },
      { title: 'MIN', align: 'right', cell: (metric) => formatNumber(summaries[metric.name]?.min) },
      { title: 'MAX', align: 'right', cell: (metric) => formatNumber(summaries[metric.name]?.max) },
      { title: 'ROLE', cell: (metric) => metric.role ?? '' },
    ],
    metrics,
  )
}

function countText(count: number | undefined, { kind, dimension }: MetricInfo): string {
  return kind === 'vector' ? `vectors of ${dimension}` : String(count ?? 0)
}
