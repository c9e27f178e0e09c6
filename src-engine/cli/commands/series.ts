import { Option, type Command } from 'commander'
import { ErgoscopeError } from '#shared/errors.ts'
import type { RunRow } from '#shared/run.ts'
import type { Workspace } from '#engine/workspace/workspace.ts'
import type { Envelope } from '#engine/runfile/runFile.ts'
import { withRuns } from '../context.ts'
import { type CommonOptions, positiveNumber, stepRange, wholeNumber } from '../options.ts'
import { printJson, printLine } from '../output.ts'

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
    .addOption(new Option('--from <STEP>', 'first step').argParser(wholeNumber))
    .addOption(new Option('--to <STEP>', 'last step, included').argParser(wholeNumber))
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
    if (options.json) printJson({ metric, count: buckets.reduce((sum, bucket) => sum + bucket.count, 0), buckets })
    else
      printDelimited(
        ['from', 'to', 'count', 'min', 'max', 'first', 'last', 'mean'],
        buckets.map((bucket) => Object.values(bucket)),
      )
    return
  }
  const { steps, values } = reader.scalars(metric, range)
  if (options.json) printJson({ metric, count: steps.length, steps, values })
  else
    printDelimited(
      ['step', metric],
      Array.from(steps, (step, i) => [step, values[i] ?? Number.NaN]),
    )
}

/** @throws ErgoscopeError `not-found` naming the metrics that the run has. */
export function requireScalar(workspace: Workspace, row: RunRow, metric: string): void {
  const scalars = workspace
    .reader(row.id)
    .metrics()
    .filter((candidate) => candidate.kind === 'scalar')
  if (scalars.some((candidate) => candidate.name === metric)) return
  throw new ErgoscopeError(
    'not-found',
    `run ${row.name} has no scalar metric '${metric}'; it has ${scalars.map((candidate) => candidate.name).join(', ')}`,
  )
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

/** Comma-separated, every number in full precision: what is printed can be read back. */
function printDelimited(header: readonly string[], rows: readonly (readonly number[])[]): void {
  printLine(header.join(','))
  for (const row of rows) printLine(row.map(String).join(','))
}
