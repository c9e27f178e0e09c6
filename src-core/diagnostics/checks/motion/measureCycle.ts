import { autocovariance } from '../../../statistics/autocovariance.ts'
import { fundamentalDivisor, interpolatedBin } from '../../../statistics/fundamentalDivisor.ts'
import { isConstant } from '../../../statistics/moments.ts'
import { periodogram, removeTrend, type Periodogram } from '../../../statistics/periodogram.ts'
import { repetition, type Repetition } from '../../../statistics/repetition.ts'

/** How periodic one series is. */
export interface CycleMeasure {
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

/** A line needs this many periods in the record; slower power is wandering, not a line. */
export const fewestPeriods = 16
export const fewestPoints = 64
/** Share of a bin within which a line counts as on it: the neighbours of one that is hold rounding and the rest of a trend. */
const onBin = 0.02
/** Bins on each side of a line that its leakage fills. */
const leakage = 2
/** Share of the spectrum that a line and its harmonics may cover: if they were more, noise would have half of its power there. */
const largestComb = 1 / 3

/** The signs of a cycle in one series: those of a wave, or, where they stay below `limit`, those of a train of pulses. */
export function measureCycle(name: string, values: Float64Array, spacing: number, limit: number): CycleMeasure[] {
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

export const strengthOf = ({ share, persistence }: Pick<PeriodicPart, 'share' | 'persistence'>) =>
  Math.min(share, persistence)

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
