import { formatNumber } from '../../../format/formatNumber.ts'
import { formatPValue } from '../../../format/formatPValue.ts'
import { autocovariance } from '../../../statistics/autocovariance.ts'
import { isConstant } from '../../../statistics/moments.ts'
import { periodogram, removeTrend, spectrumLength, type Periodogram } from '../../../statistics/periodogram.ts'
import { spectralLineTest, type SpectralLineTest } from '../../../statistics/spectralLineTest.ts'
import { createDiagnosticResult } from '../../results/createDiagnosticResult.ts'
import { measureCycles } from './cycleMeasures.ts'
import { repetition, type Repetition } from '../../../statistics/repetition.ts'
import { fundamentalDivisor, interpolatedBin } from '../../../statistics/fundamentalDivisor.ts'
import type { DiagnosticResult, NamedNumber } from '../../results/diagnosticResult.ts'
import { samplingOf, unevenReason, type Sampling } from '../../observables/sampling.ts'
import type { SegmentContext } from '../segmentContext.ts'
import { component, lastRows } from '../../observables/seriesRange.ts'

/** `cycle`: one spectral line holds the variance and keeps its phase. `data-order`: so it does, with the period of an epoch or a part of it. */
export type CycleFinding = 'cycle' | 'none' | 'data-order' | 'unresolved'

interface CycleMeasure {
  readonly name: string
  readonly share: number
  readonly persistence: number
  /** Between recorded points, in steps. */
  readonly spacing: number
  readonly periodInSteps: number
  readonly lagOne: number
  readonly spectrum: Periodogram
  readonly pointCount: number
  readonly values: Float64Array
}

const pointLimit = 8192
const componentLimit = 4
/** A line needs this many periods in the record; slower power is wandering, not a line. */
const fewestPeriods = 16
const fewestPoints = 64
/** A line over red noise is told at this level; it decides nothing. */
const lineLevel = 0.05
/** Bins of the spectrum within which a line is at a multiple of the frequency of the epoch, and the highest multiple. */
const epochBins = 1.5
const highestEpochMultiple = 8
/** Share of a bin within which a line counts as on it: the neighbours of one that is hold rounding and the rest of a trend. */
const onBin = 0.02
/** Order of the highest harmonic that is called one. */
const highestHarmonic = 8
/** Bins on each side of a line that its leakage fills. */
const leakage = 2
/** Share of the spectrum that a line and its harmonics may cover: if they were more, noise would have half of its power there. */
const largestComb = 1 / 3

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

/** The signs of a cycle in one series: those of a wave, or, where they stay below `limit`, those of a train of pulses. */
function measureCycle(name: string, values: Float64Array, spacing: number, limit: number): CycleMeasure[] {
  if (values.length < fewestPoints || isConstant(values)) return []
  const covariance = autocovariance(removeTrend(values), values.length >> 1)
  const spectrum = periodogram(values)
  const line = strongestLine(spectrum)
  const scale = covariance[0] ?? Number.NaN
  // A jump between two constant stretches can leave a constant in the part that the spectrum is made of.
  if (!line || !(line.share >= 0) || !(scale > 0)) return []
  const wave = { ...line, persistence: longLagCorrelation(covariance, values.length) }
  const repeated = repetition(covariance, values.length)
  const pulse = repeated && pulseTrain(spectrum, repeated)
  const isPulse = strengthOf(wave) < limit && pulse !== undefined && strengthOf(pulse) >= limit
  const { share, persistence } = isPulse ? pulse : wave
  // The autocorrelation is of all points, the spectrum of a power of two of them, in which the period may be too long to be seen.
  const isWave = !isPulse && strengthOf(wave) >= limit
  const ofLine = isWave ? line.exactFrequency : line.frequency
  const frequency = repeated && (isPulse || (isWave && line.isAtEdge)) ? 1 / repeated.period : ofLine
  return [
    {
      name,
      share,
      persistence,
      spacing,
      periodInSteps: spacing / frequency,
      lagOne: (covariance[1] ?? Number.NaN) / scale,
      spectrum,
      pointCount: values.length,
      values,
    },
  ]
}

interface PeriodicPart {
  readonly share: number
  readonly persistence: number
  /** Cycles per recorded point. */
  readonly frequency: number
}

const strengthOf = ({ share, persistence }: Pick<PeriodicPart, 'share' | 'persistence'>) => Math.min(share, persistence)

/**
 * A cycle of many lines, such as a train of pulses: its strongest line may be any of its harmonics, and its autocorrelation is low but at the multiples of the period, so that the two signs of a wave do not show. The period is that after which
 * the values come back (`repetition`), the share that of all its lines, the persistence the autocorrelation at its multiples.
 */
function pulseTrain({ shares, frequencies }: Periodogram, repeated: Repetition): PeriodicPart | undefined {
  const frequency = 1 / repeated.period
  const bins = combBins(frequency / (frequencies[0] ?? Number.NaN), shares.length)
  if (bins.length > largestComb * shares.length) return undefined
  return { share: sumOver(shares, bins), persistence: Math.min(1, repeated.share), frequency }
}

/** √2 times the root-mean-square autocorrelation over lags n/4..n/2, at most 1: 1 for a sinusoid or an alternation, about 0 for mixing noise. */
function longLagCorrelation(covariance: Float64Array, n: number): number {
  let sum = 0
  let count = 0
  for (let lag = n >> 2; lag < covariance.length; lag += 1) {
    sum += (((covariance[lag] ?? 0) / (covariance[0] ?? Number.NaN)) * (n / (n - lag))) ** 2
    count += 1
  }
  return Math.min(1, Math.sqrt((2 * sum) / count))
}

interface SpectralLine {
  readonly share: number
  /** Of its bin. */
  readonly frequency: number
  /** Between the bins: of a line that keeps its phase. */
  readonly exactFrequency: number
  /** It is what a still slower line, of fewer periods in the spectrum than are asked for, leaks into the slowest bin. */
  readonly isAtEdge: boolean
}

/** The line with the largest share, told by its fundamental (`fundamentalDivisor`), all its harmonics included. */
function strongestLine({ shares, frequencies }: Periodogram): SpectralLine | undefined {
  let peak = -1
  for (let bin = fewestPeriods - 1; bin < shares.length; bin += 1)
    if (peak < 0 || (shares[bin] ?? 0) > (shares[peak] ?? 0)) peak = bin
  if (peak < 0) return undefined
  const position = interpolatedBin(shares, peak)
  const divisor = fundamentalDivisor(shares, position, fewestPeriods)
  const base = divisor === 1 ? peak + 1 : position / divisor
  const isBetween = Math.abs(position - (peak + 1)) > onBin
  const comb = combBins(base, shares.length)
  const bins = comb.length > largestComb * shares.length ? binsAround(peak, shares.length) : comb
  return {
    share: sumOver(shares, bins),
    frequency: base * (frequencies[0] ?? Number.NaN),
    exactFrequency: (isBetween ? position / divisor : base) * (frequencies[0] ?? Number.NaN),
    isAtEdge: peak === fewestPeriods - 1 && (shares[peak - 1] ?? 0) > (shares[peak] ?? 0),
  }
}

/** Indices of the bins of a line at `base` (in bins, the first being 1) and of its harmonics, leakage included. */
function combBins(base: number, count: number): number[] {
  const used = new Set<number>()
  for (let k = 1; Math.round(k * base) <= count + leakage; k += 1) {
    const centre = Math.round(k * base)
    for (let bin = centre - leakage; bin <= centre + leakage; bin += 1) if (bin >= 1 && bin <= count) used.add(bin - 1)
  }
  return [...used]
}

function sumOver(shares: Float64Array, bins: readonly number[]): number {
  return bins.reduce((sum, bin) => sum + (shares[bin] ?? 0), 0)
}

function binsAround(peak: number, count: number): number[] {
  const first = Math.max(0, peak - leakage)
  return Array.from({ length: Math.min(count, peak + leakage + 1) - first }, (_, i) => first + i)
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
