import { type Command, Option } from 'commander'
import { formatEstimate } from '#core/format/formatEstimate.ts'
import { formatNumber } from '#core/format/formatNumber.ts'
import { formatPValue } from '#core/format/formatPValue.ts'
import type { BatchMeansInterval, BatchMethod } from '#core/statistics/batchMeans.ts'
import { type SeriesStatistics, seriesStatistics } from '#core/statistics/seriesStatistics.ts'
import { ErgoscopeError } from '#shared/errors.ts'
import { withRuns } from '../context.ts'
import { type CommonOptions, stepNumber, stepRange } from '../options.ts'
import { counted, printable, printJson, printLine, say } from '../output.ts'
import { nothingThere, requireScalar } from './series.ts'

interface StatsOptions extends CommonOptions {
  from?: number
  to?: number
  method: BatchMethod
}

export function addStats(program: Command): void {
  program
    .command('stats')
    .description(
      'Statistics of one metric: mean with interval, autocorrelation time, trend, stationarity tests, first against second half.',
    )
    .argument('<RUN>', 'id, unique prefix of an id, name, or path of a run folder')
    .argument('<METRIC>', 'e.g. probe/loss')
    .addOption(new Option('--from <STEP>', 'first step: leave the transient out').argParser(stepNumber))
    .addOption(new Option('--to <STEP>', 'last step, included').argParser(stepNumber))
    .addOption(
      new Option('--method <METHOD>', 'batches of the mean: 20 equal ones, or of length √n')
        .choices(['twenty', 'sqrt'])
        .default('twenty'),
    )
    .action(async (run: string, metric: string, _options, command: Command) => {
      const options = command.optsWithGlobals<StatsOptions>()
      await withRuns(options, [run], (workspace, [row]) => {
        if (!row) return
        requireScalar(workspace, row, metric)
        const { steps, values } = workspace.reader(row.id).scalars(metric, stepRange(options))
        if (steps.length === 0) throw new ErgoscopeError('not-found', nothingThere(row, metric))
        const end = values.findIndex((value) => !Number.isFinite(value))
        if (end !== -1)
          say(`${metric} is ${values[end]} at step ${steps[end]}: the statistics are of the ${end} points before it`)
        const statistics = seriesStatistics(end === -1 ? values : values.subarray(0, end), { method: options.method })
        const isEvenlySpaced = isEven(steps.subarray(0, statistics.n))
        if (options.json) printJson({ metric, ...statistics, isEvenlySpaced })
        else printStatistics(metric, statistics, isEvenlySpaced)
      })
    })
}

/** As many as the batches of the mean: below, tests are ruled by their approximations. */
const leastPoints = 20

function printStatistics(
  metric: string,
  { n, mean, variance, ...rest }: SeriesStatistics,
  isEvenlySpaced: boolean,
): void {
  const { autocorrelationTime, effectiveSampleSize, batchMeans, trend, stationarity, halves } = rest
  printLine(`${printable(metric)}, ${counted(n, 'point')}`)
  if (n === 0) return
  if (variance === 0) {
    printLine(`constant at ${formatNumber(mean)}: no variation, so there is nothing to estimate`)
    return
  }
  printMean(n, mean, batchMeans)
  printLine(`standard deviation    ${defined(Math.sqrt(variance))} around ${defined(mean)}`)
  if (n < leastPoints) {
    printLine(`fewer than ${leastPoints} points: nothing more can be said`)
    return
  }
  printLine(
    `autocorrelation time  ${positive(autocorrelationTime.sokal)} (Sokal), ${positive(autocorrelationTime.geyer)} (Geyer), in points`,
  )
  if (!isEvenlySpaced)
    printLine(`                      the steps are unevenly spaced: τ counts points, and is no number of steps`)
  printLine(`effective samples     ${defined(effectiveSampleSize)}`)
  printLine(
    `trend per point       ${Number.isFinite(trend.slope) ? formatEstimate(trend.slope, trend.standardError) : missing}, ${formatPValue(trend.p)}`,
  )
  printLine(
    `KPSS                  ${defined(stationarity.kpss.statistic)}, ${kpssP(stationarity.kpss.p)} (null: stationary)`,
  )
  printLine(
    `ADF                   ${defined(stationarity.adf.statistic)}, ${formatPValue(stationarity.adf.p)} (null: unit root)`,
  )
  printLine(
    `Geweke z              ${defined(stationarity.geweke.z)} (unreliable below about 50 effective samples a part)`,
  )
  printLine(
    `halves                W₁ ${defined(halves.wasserstein1)}, energy ${defined(halves.energy)}, KS ${defined(halves.ks)}; ${formatPValue(halves.p)} by ${halves.blockCount} blocks of ${halves.blockLength}`,
  )
}

/** Batches end with the newest point; where they leave the oldest out, their mean is another. */
function printMean(n: number, mean: number, { batchCount, batchLength, ...batches }: BatchMeansInterval): void {
  const used = batchCount * batchLength
  const estimate = formatEstimate(batches.mean, batches.standardError)
  const how = `(standard error, ${batchCount} batches of ${batchLength})`
  if (used === n) return printLine(`mean                  ${estimate} ${how}`)
  printLine(`mean                  ${defined(mean)}`)
  printLine(`mean by batches       ${estimate} ${how}, of the newest ${used} of ${counted(n, 'point')}`)
}

/** Whether all points are as many steps apart. */
function isEven(steps: Float64Array): boolean {
  const distance = (steps[1] ?? 0) - (steps[0] ?? 0)
  return steps.every((step, i) => i === 0 || step - (steps[i - 1] ?? Number.NaN) === distance)
}

const missing = 'cannot say'

/** The published table ends at 0.01 and 0.1. */
function kpssP(p: number): string {
  if (p >= 0.1) return 'p\u00A0≥\u00A00.1'
  return p <= 0.01 ? 'p\u00A0≤\u00A00.01' : formatPValue(p)
}

/** Of values that alternate a short sum of autocorrelations can end below zero, which is no time. */
function positive(value: number): string {
  return value > 0 ? formatNumber(value) : missing
}

function defined(value: number): string {
  return Number.isFinite(value) ? formatNumber(value) : missing
}
