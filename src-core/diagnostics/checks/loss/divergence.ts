import { formatInteger } from '../../../format/formatCount.ts'
import { formatNumber } from '../../../format/formatNumber.ts'
import { joinNames } from '../../../format/joinNames.ts'
import { leastSquaresSlope } from '../../../statistics/slopeByBatchMeans.ts'
import { sortedCopy } from '../../../statistics/sortWithOrder.ts'
import { createDiagnosticResult } from '../../results/createDiagnosticResult.ts'
import type { DiagnosticResult } from '../../results/diagnosticResult.ts'
import type { DiagnosticMargins } from '../../results/margins.ts'
import type { RunObservables, ScalarSeries } from '../../observables/observables.ts'
import { primarySeries } from '../../observables/primarySeries.ts'
import { isUsable } from '../../observables/usableRange.ts'

/** `growth`: beyond every bound, as far as was recorded. `out-of-range`: to values that cannot be squared, or infinite. `not-a-number`: a hole in the record, NaN or an infinity among ordinary values: it can only be judged up to there. */
export type DivergenceKind = 'none' | 'growth' | 'out-of-range' | 'not-a-number'

export interface DivergenceFinding {
  readonly kind: DivergenceKind
  /** First step with a value that is not finite, or too large to square; undefined when there is none. Nothing from here on is judged. */
  readonly firstInvalidStep: number | undefined
  readonly result: DiagnosticResult
}

/** Between exponential growth and a drift that only goes on. */
const steadyGrowthRatio = 0.85

interface CheckedSeries {
  readonly name: string
  /** Growth of a loss or gradient may be noisy; anything else must grow exponentially to count. */
  readonly isLevel: boolean
  readonly series: ScalarSeries
}

/**
 * Did the run leave every bounded region? Either a recorded value is NaN or infinite (the run is invalid from that step; rows are never dropped silently),
 * or a loss or gradient norm ends far above its initial level and still grows, or any observable grows exponentially to the end.
 * `remarks` tell what had to be done to the record before it could be judged. Checked on the whole run: loss, ‖∇f‖², ‖θ‖², weights, gradients, or the unnamed series when nothing has a role.
 */
export function diagnoseDivergence(
  run: RunObservables,
  margins: DiagnosticMargins,
  remarks: readonly string[] = [],
): DivergenceFinding {
  const checked = checkedSeries(run)
  const invalid = firstInvalid(checked, margins.divergenceFactor)
  const isHole = invalid !== undefined && invalid.isHole
  const growing = invalid ? undefined : checked.find((entry) => growsOn(entry, margins))
  const sampleSize = Math.max(0, ...checked.map(({ series }) => series.values.length))
  const growth = Math.max(
    ...checked.filter(({ isLevel }) => isLevel).map(({ series }) => finalOverInitial(series.values)),
    Number.NEGATIVE_INFINITY,
  )
  const kind: DivergenceKind = invalid ? (isHole ? 'not-a-number' : 'out-of-range') : growing ? 'growth' : 'none'
  const reason = invalid
    ? `the value of ${joinNames(invalid.names)} is ${unusableText(invalid.value)} at step ${formatInteger(invalid.step)}${isHole ? `: judged up to step ${formatInteger(invalid.step - 1)}` : ''}`
    : growing
      ? `the value of ${growing.name} ends at ${formatNumber(finalOverInitial(growing.series.values))} times its initial size and still grows`
      : checked.length === 0
        ? 'no observable was recorded'
        : 'all recorded values are finite and bounded'
  return {
    kind,
    firstInvalidStep: invalid?.step,
    result: createDiagnosticResult({
      id: 'divergence',
      title: 'Divergence',
      symbol: 'final/initial',
      estimate: Number.isFinite(growth) ? growth : Number.NaN,
      sampleSize,
      threshold: margins.divergenceFactor,
      verdict: kind !== 'none' ? 'fail' : checked.length === 0 ? 'unknown' : 'pass',
      reason: invalid ? reason : [reason, ...remarks].join('; '),
      summary: summaries[kind],
      assumption: 'A bounded record says nothing about steps that were not recorded.',
      details: invalid ? [{ label: 'first invalid step', value: invalid.step, unit: 'step' }] : [],
    }),
  }
}

const summaries: Record<DivergenceKind, string> = {
  none: 'The run stayed finite and bounded.',
  growth: 'The run left every bounded region.',
  'out-of-range': 'The run left every bounded region.',
  'not-a-number': 'The record holds a value that is no finite number.',
}

function checkedSeries(run: RunObservables): CheckedSeries[] {
  const scalars = primarySeries(run).map(({ name, kind, series }) => ({
    name,
    isLevel: kind === 'loss' || kind === 'gap',
    series,
  }))
  const vectors = (['weights', 'gradient', 'stochastic_gradient', 'function_outputs'] as const).flatMap((role) => {
    const series = run.vectors[role]
    return series
      ? [
          {
            name: role.replaceAll('_', ' '),
            isLevel: false,
            series: { steps: series.steps, values: largestMagnitudes(series) },
          },
        ]
      : []
  })
  return [...scalars, ...vectors].filter(({ series }) => series.steps.length > 0)
}

/** Largest magnitude of each row; NaN when any component is. */
function largestMagnitudes({
  steps,
  dimension,
  values,
}: {
  steps: Float64Array
  dimension: number
  values: Float64Array
}): Float64Array {
  return Float64Array.from(steps, (_, row) => {
    let largest = 0
    for (let k = 0; k < dimension; k += 1)
      largest = Math.max(largest, Math.abs(values[row * dimension + k] ?? Number.NaN))
    return largest
  })
}

interface InvalidValue {
  /** All series whose first unusable value stands at this step. */
  readonly names: readonly string[]
  readonly step: number
  /** Of the first of them; one that left double precision comes before one that is no number. */
  readonly value: number
  /** Of no series the record left double precision for good: after NaN, or after an infinity that ordinary values follow, nothing is known of bounds. */
  readonly isHole: boolean
}

function firstInvalid(checked: readonly CheckedSeries[], factor: number): InvalidValue | undefined {
  const found = checked.flatMap(({ name, series: { steps, values } }) => {
    const index = values.findIndex((value) => !isUsable(value))
    const value = values[index] ?? Number.NaN
    return index < 0
      ? []
      : [{ name, step: steps[index] ?? 0, value, isHole: Number.isNaN(value) || isInfiniteHole(values, index, factor) }]
  })
  const step = Math.min(...found.map((each) => each.step))
  const first = found.filter((each) => each.step === step)
  const [shown] = first.toSorted((a, b) => Number(a.isHole) - Number(b.isHole))
  if (!shown) return undefined
  const isHole = first.every((each) => each.isHole)
  return { names: first.map(({ name }) => name), step, value: shown.value, isHole }
}

/** Points by which the level at an end of a stretch is known. */
const levelCount = 20

/** Whether an infinity is a hole in the record: nothing grew before it, and ordinary values follow to the end. */
function isInfiniteHole(values: Float64Array, index: number, factor: number): boolean {
  if (Number.isFinite(values[index])) return false
  const before = values.subarray(0, index)
  const after = values.subarray(index + 1)
  const isOrdinary = after.length > 0 && after.subarray(-levelCount).every(isUsable) && !after.some(isTooLarge)
  if (!isOrdinary || before.length === 0) return isOrdinary
  const first = medianMagnitude(before.subarray(0, levelCount))
  const following = medianMagnitude(after.filter(isUsable))
  return (
    medianMagnitude(before.subarray(-levelCount)) <= factor * first && following <= factor * medianMagnitude(before)
  )
}

const isTooLarge = (value: number): boolean => Number.isFinite(value) && !isUsable(value)

function unusableText(value: number): string {
  if (Number.isNaN(value)) return 'not a number'
  if (Number.isFinite(value)) return `${formatNumber(value)}, too large to square,`
  return value > 0 ? '∞' : '−∞'
}

function finalOverInitial(values: Float64Array): number {
  const share = Math.max(1, Math.min(20, Math.floor(values.length / 20)))
  return medianMagnitude(values.subarray(values.length - share)) / medianMagnitude(values.subarray(0, share))
}

function medianMagnitude(values: Float64Array): number {
  return sortedCopy(values.map(Math.abs))[values.length >> 1] ?? Number.NaN
}

/** Slope of the second half over that of the first: 1 for exponential growth, 0.71 for any power of the step from the beginning of the run on. */
function growthRatio(logs: Float64Array): number {
  const middle = logs.length >> 1
  return leastSquaresSlope(logs.subarray(middle)).slope / leastSquaresSlope(logs.subarray(0, middle)).slope
}

function growsOn({ isLevel, series: { values } }: CheckedSeries, margins: DiagnosticMargins): boolean {
  const growth = finalOverInitial(values)
  if (values.length < 20 || !(growth > 1)) return false
  const half = values.subarray(values.length >> 1)
  const logs = half.map((value) => Math.log(Math.abs(value)))
  if (!logs.every(Number.isFinite)) return false
  const { slope, standardError } = leastSquaresSlope(logs)
  const rise = slope * logs.length
  const isExponential =
    slope > 0 && standardError < slope / 500 && rise > Math.log(1.5) && growthRatio(logs) > steadyGrowthRatio
  return (
    isExponential ||
    (isLevel && growth > margins.divergenceFactor && rise > 0.5 * Math.log(10) && slope > 10 * standardError)
  )
}
