import { conservativeAutocorrelationTime } from '../../statistics/autocorrelationTime.ts'
import { standardDeviation } from '../../statistics/moments.ts'
import { removeTrend } from '../../statistics/periodogram.ts'
import { driftTest } from './driftTest.ts'
import type { DiagnosticMargins } from '../results/margins.ts'
import type { RunObservables, ScalarSeries } from '../observables/observables.ts'
import { primarySeries } from '../observables/primarySeries.ts'
import type { JudgedRange } from '../observables/segments.ts'
import { component, firstIndexFrom } from '../observables/seriesRange.ts'

/** At most this share of a segment is dropped: what is left must still be most of the evidence. */
const longestTransientShare = 0.5
const truncationBatchCount = 200

/**
 * First step of a segment that is judged: after max(20 %, 5 τ) by default, and later when the loss (or the first series) still drifts there
 * but a later start settles it, by the marginal standard error rule (White 1997). At most half of the segment is dropped;
 * nothing where the learning rate changes all the time, because there the transient is the matter.
 */
export function findTransientEnd(segment: RunObservables, range: JudgedRange, margins: DiagnosticMargins): number {
  if (!range.isConstant) return range.from
  const clocks = clockSeries(segment)
  const length = range.to - range.from + 1
  const stepAt = (share: number) => Math.floor(range.from + share * length)
  const earliest = stepAt(margins.transientShare)
  const slowest = Math.max(0, ...clocks.map((series) => autocorrelationSteps(series, earliest)))
  const byTime = range.from + margins.transientAutocorrelationTimes * slowest
  const start = Math.floor(Math.min(stepAt(longestTransientShare), Math.max(earliest, byTime)))
  const clock = clocks[0]
  return clock ? Math.max(start, settledFrom(clock, start, stepAt(longestTransientShare), margins)) : start
}

/** Loss and ‖∇f‖² where recorded, else the first weights component, else what there is. */
function clockSeries(segment: RunObservables): ScalarSeries[] {
  const primary = primarySeries(segment)
  const functionLevel = primary.filter(
    ({ kind }) => kind === 'gap' || (kind === 'loss' && segment.lossSource !== 'batch'),
  )
  if (functionLevel.length > 0) return functionLevel.map(({ series }) => series)
  const weights = segment.vectors.weights
  if (weights && weights.steps.length > 0) return [{ steps: weights.steps, values: component(weights, 0) }]
  return primary.map(({ series }) => series)
}

function autocorrelationSteps(series: ScalarSeries, from: number): number {
  const start = firstIndexFrom(series.steps, from)
  const values = series.values.subarray(start)
  if (values.length < 2) return 0
  const spacing = ((series.steps.at(-1) ?? 0) - (series.steps[start] ?? 0)) / (values.length - 1)
  // Around the trend line: a trend that never ends would be taken for memory, and half of its evidence dropped.
  const time = conservativeAutocorrelationTime(removeTrend(values))
  return Number.isFinite(time) ? time * spacing : 0
}

/** `start` when the series does not drift from there, else the best later start not after `latest`. */
function settledFrom(series: ScalarSeries, start: number, latest: number, margins: DiagnosticMargins): number {
  const first = firstIndexFrom(series.steps, start)
  const values = series.values.subarray(first)
  const drift = driftTest(values, {
    absolute: 0,
    ofFluctuation: margins.driftOfFluctuation,
    significance: margins.significance,
    minimumEffectiveSampleSize: margins.minimumEffectiveSampleSize,
  })
  if (drift.finding === 'none' || drift.finding === 'unresolved') return start
  const truncated = marginalStandardErrorStart(values)
  const step = series.steps[first + truncated] ?? start
  return step <= latest ? step : start
}

/** Start of the part whose mean has the smallest standard error, over batches; searched in the first 60 %. */
function marginalStandardErrorStart(values: Float64Array): number {
  const batchLength = Math.max(1, Math.floor(values.length / truncationBatchCount))
  const count = Math.floor(values.length / batchLength)
  let best = 0
  let bestError = Number.POSITIVE_INFINITY
  for (let cut = 0; cut <= 0.6 * count; cut += 1) {
    const rest = values.subarray(cut * batchLength)
    const error = standardDeviation(rest) / Math.sqrt(rest.length)
    if (error < bestError) {
      bestError = error
      best = cut
    }
  }
  return best * batchLength
}
