import { Option, type Command } from 'commander'
import { nearestKey } from '#core/recipes/nearestKey.ts'
import { ErgoscopeError } from '#shared/errors.ts'
import type { RunRow } from '#shared/run.ts'
import type { Workspace } from '#engine/workspace/workspace.ts'
import type { Envelope } from '#engine/runfile/runFile.ts'
import { manual } from '#engine/installation/manual.ts'
import { withRuns } from '../context.ts'
import { type CommonOptions, positiveNumber, stepNumber, stepRange } from '../options.ts'
import { printable, printJson, printLine, say } from '../output.ts'

interface SeriesOptions extends CommonOptions {
  from?: number
  to?: number
  buckets?: number
}

export function addSeries(program: Command): void {
  program
    .command('series')
    .description('Print the points of one metric, or their exact envelope in N buckets.')
    .argument('<RUN>', 'id, unique prefix of an id, name, or path of a run folder')
    .argument('<METRIC>', 'e.g. train/loss')
    .addOption(new Option('--from <STEP>', 'first step').argParser(stepNumber))
    .addOption(new Option('--to <STEP>', 'last step, included').argParser(stepNumber))
    .addOption(
      new Option('--buckets <N>', 'at most N buckets with count, min, max, first, last, mean').argParser(
        positiveNumber,
      ),
    )
    .action(async (run: string, metric: string, _options, command: Command) => {
      const options = command.optsWithGlobals<SeriesOptions>()
      await withRuns(options, [run], (workspace, [row]) => {
        if (row) printSeries(workspace, row, metric, options)
      })
    })
}

function printSeries(workspace: Workspace, row: RunRow, metric: string, options: SeriesOptions): void {
  requireScalar(workspace, row, metric)
  const reader = workspace.reader(row.id)
  const range = stepRange(options)
  if (options.buckets) {
    const buckets = bucketRows(reader.envelope(metric, options.buckets, range))
    if (buckets.length === 0) sayThatNothingIsThere(row, metric)
    if (options.json) printJson({ metric, count: buckets.reduce((sum, bucket) => sum + bucket.count, 0), buckets })
    else
      printDelimited(
        ['from', 'to', 'count', 'min', 'max', 'first', 'last', 'mean'],
        buckets.map((bucket) => Object.values(bucket)),
      )
    return
  }
  const { steps, values } = reader.scalars(metric, range)
  if (steps.length === 0) sayThatNothingIsThere(row, metric)
  if (options.json) printJson({ metric, count: steps.length, steps, values })
  else
    printDelimited(
      ['step', csvCell(metric)],
      Array.from(steps, (step, i) => [step, values[i] ?? Number.NaN]),
    )
}

/** An empty answer is right, but seldom what was meant. */
export function sayThatNothingIsThere(row: RunRow, metric: string): void {
  say(nothingThere(row, metric))
}

/** That no point is in the steps asked for, and where the last one is. */
export function nothingThere(row: RunRow, metric: string): string {
  const last = row.metrics[metric]?.lastStep
  return `no points of ${metric} in these steps${last === undefined || Number.isNaN(last) ? '' : `; its last one is at step ${last}`}`
}

const listedMetrics = 12

/** @throws ErgoscopeError `not-found` naming the metrics that the run has, or the one that was probably meant. */
export function requireScalar(workspace: Workspace, row: RunRow, metric: string): void {
  const metrics = workspace.reader(row.id).metrics()
  const found = metrics.find((candidate) => candidate.name === metric)
  if (found?.kind === 'scalar') return
  const run = printable(row.name)
  if (found)
    throw new ErgoscopeError(
      'not-found',
      `${metric} of ${run} is a vector of ${found.dimension} per step; read it with \`ergoscope sql\` (${manual('run-file.md')})`,
    )
  const names = metrics.filter((candidate) => candidate.kind === 'scalar').map((candidate) => candidate.name)
  throw new ErgoscopeError('not-found', `run ${run} has no scalar metric '${metric}'; ${advice(row.id, metric, names)}`)
}

function advice(runId: string, metric: string, names: readonly string[]): string {
  if (names.length <= listedMetrics) return `it has ${names.map(printable).join(', ')}`
  const dotted = names.map((name) => name.replaceAll('/', '.'))
  const end = metric.lastIndexOf('/') + 1
  const nearest = nearestKey(metric.slice(end), dotted, metric.slice(0, end).replaceAll('/', '.'))
  const meant = nearest === null ? undefined : names[dotted.indexOf(nearest)]
  return `${meant ? `did you mean ${meant}? All: ` : 'for all: '}ergoscope show ${runId.slice(0, 8)}`
}

interface Bucket {
  from: number
  to: number
  count: number
  min: number
  max: number
  first: number
  last: number
  mean: number
}

function bucketRows(envelope: Envelope): Bucket[] {
  const at = (values: Float64Array, i: number) => values[i] ?? Number.NaN
  return Array.from(envelope.counts, (count, i) => ({
    from: at(envelope.fromSteps, i),
    to: at(envelope.toSteps, i),
    count,
    min: at(envelope.min, i),
    max: at(envelope.max, i),
    first: at(envelope.first, i),
    last: at(envelope.last, i),
    mean: at(envelope.mean, i),
  }))
}

function csvCell(text: string): string {
  const plain = printable(text)
  return /[",]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}

/** Comma-separated, every number in full precision: what is printed can be read back. */
function printDelimited(header: readonly string[], rows: readonly (readonly number[])[]): void {
  printLine(header.join(','))
  for (const row of rows) printLine(row.map(String).join(','))
}
