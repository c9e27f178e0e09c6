import tQuantile from '@stdlib/stats-base-dists-t-quantile'
import { formatExact } from '../../../format/formatExact.ts'
import { formatNumber } from '../../../format/formatNumber.ts'
import { findLevelShift, type LevelShift } from '../../../statistics/levelShift.ts'
import { createDiagnosticResult } from '../../results/createDiagnosticResult.ts'
import type { DiagnosticResult } from '../../results/diagnosticResult.ts'
import type { DiagnosticMargins } from '../../results/margins.ts'
import type { SegmentContext } from '../segmentContext.ts'

const power = 0.8
/** A level shift is told when the samples would suffice without it, and are at least so many times as many. */
const shiftFactor = 4

/** Labels of the details that tell a level shift; `missingSamples` looks for the first. */
export const levelShiftLabel = 'step of the change of level'

/**
 * Are there enough effective samples? ESS = n/τ of the slowest series that the verdict rests on (loss and ‖∇f‖²; weights or unnamed series when those are missing),
 * τ the larger of 1, Sokal's and that of 20 batch means. 50 for a verdict, 20 for a number.
 * Below twice as many as a verdict needs it warns: of series that just reach 50, some only seem to, and their intervals are too short (docs/calibration.md).
 * Too few samples because the level of that series jumps once is said as such: see `findLevelShift`.
 */
export function diagnoseSampleSize(context: SegmentContext): DiagnosticResult {
  const { gating, margins } = context
  const varying = gating.filter(({ effectiveSampleSize }) => Number.isFinite(effectiveSampleSize))
  const slowest = varying.toSorted((a, b) => a.effectiveSampleSize - b.effectiveSampleSize)[0]
  const pointCount = Math.max(0, ...gating.map(({ values }) => values.length))
  const isLongEnough = recordedCount(context) >= margins.minimumSegmentLength
  const size = slowest?.effectiveSampleSize ?? Number.NaN
  const isEnough = isLongEnough && size >= margins.minimumEffectiveSampleSize
  const shift = isLongEnough && !isEnough && slowest ? levelShiftOf(slowest, context) : null
  const isScarce = size < 2 * margins.minimumEffectiveSampleSize
  return createDiagnosticResult({
    id: 'sample-size',
    title: 'Effective samples',
    symbol: 'ESS',
    estimate: size,
    sampleSize: pointCount,
    effectiveSampleSize: size,
    autocorrelationTime: slowest?.autocorrelationTime ?? Number.NaN,
    unit: 'samples',
    marginLow: margins.minimumEffectiveSampleSize,
    threshold: margins.minimumEffectiveSampleSize,
    verdict: !slowest && isLongEnough ? 'unknown' : !isEnough ? 'fail' : isScarce ? 'warn' : 'pass',
    reason: `${sampleSizeReason(context, isLongEnough, slowest)}${shift?.text ?? ''}${unevenNote(gating)}`,
    summary:
      !slowest && isLongEnough
        ? 'Nothing varies, so there are no samples to count.'
        : !isEnough
          ? shift
            ? `There are too few independent samples of one law: the level of ${slowest?.name ?? ''} seems to jump.`
            : 'There are too few independent samples.'
          : isScarce
            ? 'There are just enough independent samples; intervals may be too short.'
            : 'There are enough independent samples.',
    assumption:
      'The autocorrelation time is measured on the judged part; a slower mode that never showed in it stays unseen.',
    details: [
      ...(shift?.details ?? []),
      ...gating.flatMap(({ name, effectiveSampleSize }) => [
        { label: `effective samples of ${name}`, value: effectiveSampleSize, unit: 'samples' },
        {
          label: `detectable shift of ${name} between halves`,
          value: detectableShift(effectiveSampleSize, margins),
          unit: 'standard deviations',
        },
      ]),
    ],
  })
}

/**
 * The shift of the mean from the first to the second half, in standard deviations, that a test of the halves at `significance` finds with probability 0.8: (t_{1−α/2} + t_{0.8}) √(2/(ESS/2)),
 * the power of the difference of two means of ESS/2 independent samples each (Cohen 1988, sec. 2.2), t with two degrees of freedom less than the `minimumBlockCount` blocks that are compared.
 * For one test at a known memory: τ of a record that holds the shift itself comes out longer, so that with few effective samples such a shift is found less often, and one that is smaller anyhow.
 *
 * @param effectiveSampleSize of both halves together; NaN gives NaN
 */
export function detectableShift(
  effectiveSampleSize: number,
  { significance, minimumBlockCount }: DiagnosticMargins,
): number {
  const freedom = Math.max(1, minimumBlockCount - 2)
  const quantiles = tQuantile(1 - significance / 2, freedom) + tQuantile(power, freedom)
  return quantiles * Math.sqrt(4 / effectiveSampleSize)
}

interface ToldShift {
  readonly text: string
  readonly details: DiagnosticResult['details']
}

/** The one jump that makes the samples of a series too few, with what to do about it. */
function levelShiftOf(series: SegmentContext['gating'][number], { margins, run }: SegmentContext): ToldShift | null {
  const shift = findLevelShift(series.values)
  if (!shift) return null
  // About two constants nothing varies, and nothing is remembered.
  const withoutShift = series.values.length / (shift.autocorrelationTime || 1)
  const fewest = Math.max(margins.minimumEffectiveSampleSize, shiftFactor * series.effectiveSampleSize)
  if (!(withoutShift >= fewest)) return null
  const step = series.steps[shift.index] ?? Number.NaN
  return {
    text: `${shiftText(series.name, step, shift, withoutShift)}${hasSettings(run) ? '' : shiftAdvice}`,
    details: [
      { label: levelShiftLabel, value: step, unit: 'steps' },
      { label: `${series.name} before it`, value: shift.before, unit: '' },
      { label: `${series.name} from it on`, value: shift.after, unit: '' },
      { label: `effective samples of ${series.name} about its two levels`, value: withoutShift, unit: 'samples' },
    ],
  }
}

const shiftAdvice =
  ': if a setting changed there, import the learning rate as a column, or the later steps as a run of their own'

/** Where the settings of every step are known, one that changed is not what is missing. */
function hasSettings({ segments, scalars }: SegmentContext['run']): boolean {
  return segments !== undefined || scalars.learning_rate !== undefined
}

function shiftText(name: string, step: number, { before, after }: LevelShift, withoutShift: number): string {
  return (
    `; ${name} seems to jump at step ${formatExact(step)} from ${formatNumber(before)} to ${formatNumber(after)}, ` +
    `and about these two levels it has ${formatNumber(withoutShift)}`
  )
}

/** Recorded points of the densest judged series, transient included. */
export function recordedCount({ segment }: SegmentContext): number {
  const lengths = [
    ...Object.values(segment.scalars).map(({ steps }) => steps.length),
    ...Object.values(segment.vectors).map(({ steps }) => steps.length),
    ...segment.others.map(({ series }) => series.steps.length),
  ]
  return Math.max(0, ...lengths)
}

/** With uneven spacing n/τ still counts in points, but says nothing about steps. */
function unevenNote(gating: SegmentContext['gating']): string {
  const uneven = gating.find(({ sampling }) => !sampling.isEven)
  return uneven
    ? `; ${uneven.name} was recorded at uneven spacing (${formatExact(uneven.sampling.shortest)} to ${formatExact(uneven.sampling.longest)} steps), so τ counts points, not steps`
    : ''
}

function sampleSizeReason(
  context: SegmentContext,
  isLongEnough: boolean,
  slowest: { name: string; effectiveSampleSize: number; autocorrelationTime: number } | undefined,
): string {
  if (!isLongEnough)
    return `${recordedCount(context)} recorded point${recordedCount(context) === 1 ? '' : 's'}, ${context.margins.minimumSegmentLength} are needed`
  if (!slowest) return 'nothing varies, so there is no autocorrelation time'
  const { name, effectiveSampleSize, autocorrelationTime } = slowest
  return `${formatNumber(effectiveSampleSize)} effective samples of ${name} (τ = ${formatNumber(autocorrelationTime)} points), ${context.margins.minimumEffectiveSampleSize} are needed`
}
