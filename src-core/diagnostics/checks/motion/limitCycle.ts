import { formatNumber } from '../../../format/formatNumber.ts'
import { formatPValue } from '../../../format/formatPValue.ts'
import { spectrumLength } from '../../../statistics/periodogram.ts'
import { spectralLineTest, type SpectralLineTest } from '../../../statistics/spectralLineTest.ts'
import { createDiagnosticResult } from '../../results/createDiagnosticResult.ts'
import { measureCycles } from './cycleMeasures.ts'
import { fewestPeriods, fewestPoints, measureCycle, strengthOf, type CycleMeasure } from './measureCycle.ts'
import type { DiagnosticResult, NamedNumber } from '../../results/diagnosticResult.ts'
import { samplingOf, unevenReason, type Sampling } from '../../observables/sampling.ts'
import type { SegmentContext } from '../segmentContext.ts'
import { component, lastRows } from '../../observables/seriesRange.ts'

/** `cycle`: one spectral line holds the variance and keeps its phase. `data-order`: so it does, with the period of an epoch or a part of it. */
export type CycleFinding = 'cycle' | 'none' | 'data-order' | 'unresolved'

const pointLimit = 8192
const componentLimit = 4
/** A line over red noise is told at this level; it decides nothing. */
const lineLevel = 0.05
/** Bins of the spectrum within which a line is at a multiple of the frequency of the epoch, and the highest multiple. */
const epochBins = 1.5
const highestEpochMultiple = 8
/** Order of the highest harmonic that is called one. */
const highestHarmonic = 8

/**
 * Is the motion periodic? Two signs are needed, of the loss or a component of weights or gradient: one spectral line with its harmonics holds the share
 * `cycleShare` of the variance, and the autocorrelation does not decay at lags between a quarter and half of the record (persistence, 1 for a clean cycle).
 * Of a cycle whose lines are many, such as a train of pulses, the same is asked of all its lines and of the autocorrelation at the multiples of its period.
 * The second sign tells a cycle from noise that oscillates: SGD beyond η = 1/h, or momentum, alternates too, but forgets its phase.
 * Whether the line stands out of red noise at all is told beside it (`spectralLineTest`): necessary for a cycle, far from sufficient.
 * A period equal to an epoch, or to its half, third, ... eighth, is an artefact of the data order.
 */
export function diagnoseLimitCycle(context: SegmentContext): { finding: CycleFinding; result: DiagnosticResult } {
  const measures = candidates(context).flatMap(({ name, values, sampling }) =>
    sampling.isEven ? measureCycle(name, values, sampling.spacing, context.margins.cycleShare) : [],
  )
  const strongest = measures.toSorted((a, b) => strengthOf(b) - strengthOf(a))[0]
  const isCycle = strongest !== undefined && strengthOf(strongest) >= context.margins.cycleShare
  const finding =
    strongest === undefined
      ? 'unresolved'
      : !isCycle
        ? 'none'
        : hasEpochPeriod(strongest, context)
          ? 'data-order'
          : 'cycle'
  return { finding, result: createCycleResult(context, strongest, finding) }
}

const summaries: Record<CycleFinding, string> = {
  cycle: 'The run moves on a cycle.',
  none: 'The motion is not periodic.',
  'data-order': 'The oscillation has the period of the data order.',
  unresolved: 'There are too few points to look for a cycle.',
}

function createCycleResult(
  context: SegmentContext,
  measure: CycleMeasure | undefined,
  finding: CycleFinding,
): DiagnosticResult {
  const beside = measureCycles(context)
  const line = measure && spectralLineTest(measure.values, { fewestPeriods, seed: context.seed })
  const periodsPerEpoch =
    (context.range.hyperparameters.stepsPerEpoch ?? Number.NaN) / (measure?.periodInSteps ?? Number.NaN)
  return createDiagnosticResult({
    id: 'limit-cycle',
    title: 'Limit cycle',
    symbol: 'smaller of line share and persistence',
    estimate: measure ? strengthOf(measure) : Number.NaN,
    sampleSize: measure?.pointCount ?? 0,
    marginLow: 0,
    marginHigh: context.margins.cycleShare,
    threshold: context.margins.cycleShare,
    verdict: finding === 'none' ? 'pass' : finding === 'cycle' ? 'fail' : finding === 'data-order' ? 'warn' : 'unknown',
    reason: measure
      ? [
          `strongest line of ${measure.name}: period ${formatNumber(measure.periodInSteps)} steps, ${formatNumber(100 * measure.share)} % of the variance, persistence ${formatNumber(measure.persistence)}`,
          ...(finding === 'data-order'
            ? [`${formatNumber(periodsPerEpoch)} periods to an epoch: the order of the data`]
            : []),
          ...(line && Number.isFinite(line.p) ? [lineText(measure, line, finding)] : []),
          ...(beside.text === '' ? [] : [beside.text]),
        ].join('; ')
      : missingReason(context),
    summary: summaries[finding],
    assumption: 'Recorded at even spacing; a cycle whose period divides the spacing cannot be seen.',
    details: measure
      ? [
          { label: `period of the strongest line of ${measure.name}`, value: measure.periodInSteps, unit: 'steps' },
          ...(Number.isFinite(periodsPerEpoch)
            ? [{ label: 'periods to an epoch', value: periodsPerEpoch, unit: '' }]
            : []),
          { label: 'share of the line', value: measure.share, unit: '' },
          { label: 'persistence', value: measure.persistence, unit: '' },
          { label: 'lag-one autocorrelation', value: measure.lagOne, unit: '' },
          ...(line ? lineDetails(measure, line) : []),
          ...beside.details,
        ].filter(({ value }) => Number.isFinite(value))
      : beside.details,
    charts: measure ? [spectrumChart(measure), ...beside.charts] : [],
  })
}

/** The line that stands out most need not be the one that holds most of the variance: it is told with its own period. */
function lineText(
  { spacing, periodInSteps, spectrum }: CycleMeasure,
  line: SpectralLineTest,
  finding: CycleFinding,
): string {
  const { p, excess, frequency } = line
  if (p > lineLevel) return `no line stands out of red noise (${formatPValue(p)})`
  const period = spacing / frequency
  const multiple = Math.max(1, Math.round(periodInSteps / period))
  // A multiple of a high order may well be one by chance.
  const isOwn =
    multiple <= highestHarmonic &&
    Math.abs(frequency - (multiple * spacing) / periodInSteps) <= (spectrum.frequencies[0] ?? Number.NaN)
  const ownText = multiple === 1 ? 'it' : `its harmonic of period ${formatNumber(period)} steps`
  const measured = `${isOwn ? ownText : `a line of period ${formatNumber(period)} steps`} stands out of red noise (${formatNumber(excess)} times its background, ${formatPValue(p)})`
  return finding === 'none' ? `${measured}, but holds too little or does not keep its phase` : measured
}

function lineDetails({ name, spacing }: CycleMeasure, { p, excess, frequency }: SpectralLineTest): NamedNumber[] {
  return [
    { label: `period of the line of ${name} furthest above red noise`, value: spacing / frequency, unit: 'steps' },
    { label: `that line over red noise, ${name}`, value: excess, unit: 'times the background' },
    { label: `p of that line over red noise, ${name} alone`, value: p, unit: '' },
  ]
}

/** Lines of a spectrum and lags mean nothing at uneven spacing. */
function missingReason(context: SegmentContext): string {
  const uneven = candidates(context).find(({ sampling }) => !sampling.isEven)
  return uneven ? unevenReason(uneven.name, uneven.sampling) : `${fewestPoints} points of a varying series are needed`
}

function candidates({ judged, scalars }: SegmentContext): { name: string; values: Float64Array; sampling: Sampling }[] {
  const fromScalars = scalars.filter(({ kind }) => kind !== 'loss' || judged.lossSource !== 'batch')
  const fromVectors = (['weights', 'gradient'] as const).flatMap((role) => {
    const recorded = judged.vectors[role]
    if (!recorded) return []
    const series = lastRows(recorded, pointLimit)
    return Array.from({ length: Math.min(componentLimit, series.dimension) }, (_, k) => ({
      name: `${role} ${k + 1}`,
      steps: series.steps,
      values: component(series, k),
    }))
  })
  return [...fromScalars, ...fromVectors].map(({ name, steps, values }) => ({
    name,
    values: values.subarray(Math.max(0, values.length - pointLimit)),
    sampling: samplingOf(steps.subarray(Math.max(0, steps.length - pointLimit))),
  }))
}

/**
 * Whether the line lies, within a bin and a half of the spectrum, at the frequency of the epoch or a low multiple of it. An order that is drawn anew for each pass has its sign at the seams of the passes, which fades at high
 * multiples: a line with many periods to an epoch is a cycle, even if their number is whole. So is one in a record of so few passes that every frequency is near some multiple.
 */
function hasEpochPeriod({ periodInSteps, pointCount, spacing }: CycleMeasure, { range }: SegmentContext): boolean {
  const epoch = range.hyperparameters.stepsPerEpoch ?? Number.NaN
  const ratio = epoch / periodInSteps
  const resolution = (epochBins * epoch) / (spectrumLength(pointCount) * spacing)
  return (
    range.hyperparameters.sampling === 'reshuffled' &&
    Math.round(ratio) >= 1 &&
    Math.round(ratio) <= highestEpochMultiple &&
    resolution < 0.25 &&
    Math.abs(ratio - Math.round(ratio)) <= resolution
  )
}

/** First frequencies of groups that are 3 % wide, or one frequency where they are farther apart: as many in every decade of the drawn axis as can be told apart. */
function groupStarts(count: number): number[] {
  const starts: number[] = []
  for (let start = 1; start <= count; start = Math.max(start + 1, Math.round(start * 1.03))) starts.push(start - 1)
  return starts
}

/** Of a group of neighbouring frequencies the strongest is drawn, where it is and as strong as it is: the line stands out as it does in the whole spectrum. */
function spectrumChart({ name, spectrum, spacing, periodInSteps }: CycleMeasure): DiagnosticResult['charts'][number] {
  const { frequencies, shares } = spectrum
  const starts = groupStarts(shares.length)
  const groups = starts.map((start, i) => shares.subarray(start, starts[i + 1] ?? shares.length))
  return {
    kind: 'spectrum',
    observable: name,
    frequencies: groups.map(
      (group, i) => (frequencies[(starts[i] ?? 0) + group.indexOf(Math.max(...group))] ?? Number.NaN) / spacing,
    ),
    shares: groups.map((group) => Math.max(...group)),
    peakPeriod: periodInSteps,
    longestPeriod: spacing / (frequencies[fewestPeriods - 1] ?? Number.NaN),
  }
}
