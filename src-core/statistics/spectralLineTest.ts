import { createRandomGenerator, shuffle } from '../random/randomGenerator.ts'
import { fourierTransform } from './fourierTransform.ts'
import { isConstant, mean, variance } from './moments.ts'
import { periodogram, removeTrend, spectrumLength } from './periodogram.ts'

/** Does the strongest line of a spectrum stand out of red noise? */
export interface SpectralLineTest {
  /** Cycles per point, of the strongest line over the red background. */
  readonly frequency: number
  /** Its power over that of the background there; of noise the largest of m frequencies has about log m. */
  readonly excess: number
  /** Share of the permutations whose strongest line is as strong, that of the data included. */
  readonly p: number
  /** φ of the background, a first-order autoregression. */
  readonly background: number
}

const permutationCount = 199
const fewestPoints = 64
/** Ordinates on each side of a line that its leakage fills. */
const leakage = 2
/** Share of the power that is rounding. */
const rounding = 1e-12

/**
 * Permutation test of the strongest spectral line against red noise. The trend is removed and the series is whitened with the lag-one autocorrelation φ of what is not its strongest line, e_t = x_t − φ x_{t−1}; under the null hypothesis of a first-order
 * autoregression the e_t are exchangeable, and the largest ordinate of their periodogram is compared with those of 199 random orders (smallest p 0.005; Fisher 1929 for the largest ordinate, here without the
 * Gaussian assumption). A second-order oscillation, as of momentum, is no red noise and is rejected although it keeps no phase: a small p tells a line from a random walk of the spectrum, not a cycle from noise that swings.
 *
 * @param values finite; the last power-of-two many are used
 * @param fewestPeriods lines with fewer periods in the record are not looked at
 * @returns NaN everywhere for fewer than 64 points, a constant and non-finite values
 */
export function spectralLineTest(
  values: Float64Array,
  { fewestPeriods, seed }: { fewestPeriods: number; seed: number },
): SpectralLineTest {
  const unknown = { frequency: Number.NaN, excess: Number.NaN, p: Number.NaN, background: Number.NaN }
  if (values.length < fewestPoints || isConstant(values)) return unknown
  const series = removeTrend(values)
  const background = redBackground(values, fewestPeriods)
  const size = spectrumLength(values.length)
  const residuals = whiten(series, background, size)
  if (!(variance(residuals) > 0)) return unknown
  const strongest = createPeak(size, fewestPeriods)
  const observed = strongest(residuals)
  const random = createRandomGenerator(seed)
  const order = Int32Array.from(residuals, (_, i) => i)
  const permuted = new Float64Array(size)
  let reached = 1
  for (let i = 0; i < permutationCount; i += 1) {
    shuffle(order, random)
    for (let t = 0; t < size; t += 1) permuted[t] = residuals[order[t] ?? 0] ?? Number.NaN
    if (strongest(permuted).power >= observed.power) reached += 1
  }
  return {
    frequency: observed.bin / size,
    excess: observed.power / (size * variance(residuals)),
    p: reached / (permutationCount + 1),
    background,
  }
}

/**
 * Lag-one autocorrelation from the spectrum, Σ P_k cos 2πf_k / Σ P_k, without the strongest ordinate and two on each side where it has enough periods to be a line: a line that holds most of the variance would pass for
 * the background. 0 where nothing else is left.
 */
function redBackground(values: Float64Array, fewestPeriods: number): number {
  const { frequencies, shares } = periodogram(values)
  const peak = shares.reduce((best, share, i) => (share > (shares[best] ?? 0) ? i : best), 0)
  const isLine = peak + 1 >= fewestPeriods
  let sum = 0
  let total = 0
  for (let i = 0; i < shares.length; i += 1) {
    if (isLine && Math.abs(i - peak) <= leakage) continue
    const share = shares[i] ?? Number.NaN
    sum += share * Math.cos(2 * Math.PI * (frequencies[i] ?? Number.NaN))
    total += share
  }
  return total > rounding ? sum / total : 0
}

/** The last `size` values of e_t = x_t − φ x_{t−1}, about their mean; the first value of all, which has no predecessor, as √(1 − φ²) x_0. */
function whiten(series: Float64Array, background: number, size: number): Float64Array {
  const start = series.length - size
  const residuals = new Float64Array(size)
  for (let t = 0; t < size; t += 1) {
    const value = series[start + t] ?? Number.NaN
    const before = series[start + t - 1]
    residuals[t] = before === undefined ? Math.sqrt(1 - background ** 2) * value : value - background * before
  }
  const centre = mean(residuals)
  return residuals.map((value) => value - centre)
}

/** Finds the largest ordinate |Σ e_t exp(−2πi k t/size)|² at k ≥ fewestPeriods. */
function createPeak(size: number, fewestPeriods: number): (values: Float64Array) => { bin: number; power: number } {
  const transform = fourierTransform(size)
  const spectrum = new Float64Array(2 * size)
  return (values) => {
    transform.realTransform(spectrum, values)
    const peak = { bin: Number.NaN, power: Number.NEGATIVE_INFINITY }
    for (let bin = fewestPeriods; bin <= size / 2; bin += 1) {
      const re = spectrum[2 * bin] ?? 0
      const im = spectrum[2 * bin + 1] ?? 0
      const power = re * re + im * im
      if (power > peak.power) {
        peak.bin = bin
        peak.power = power
      }
    }
    return peak
  }
}
