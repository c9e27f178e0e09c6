import { fourierTransform } from './fourierTransform.ts'
import { mean } from './moments.ts'

/** Up to this many lags the direct sum is faster than the transform. */
const directLagLimit = 24

/**
 * Autocovariance γ_k = (1/n) Σ_t (x_t − x̄)(x_{t+k} − x̄) for k = 0..maxLag (biased: divisor n, which keeps the sequence positive definite).
 * By fast Fourier transform of the zero-padded series, O(n log n), or by direct sums when few lags are wanted.
 *
 * @param values n ≥ 1 finite values
 * @param maxLag cut at n − 1
 * @returns `[maxLag + 1]`; NaN everywhere when a value is not finite
 */
export function autocovariance(values: Float64Array, maxLag: number): Float64Array {
  const lagCount = Math.min(maxLag, values.length - 1) + 1
  const centre = mean(values)
  const centred = values.map((value) => value - centre)
  return lagCount <= directLagLimit
    ? directAutocovariance(centred, lagCount)
    : transformedAutocovariance(centred, lagCount)
}

function directAutocovariance(centred: Float64Array, lagCount: number): Float64Array {
  const n = centred.length
  return Float64Array.from({ length: lagCount }, (_, lag) => {
    let sum = 0
    for (let t = 0; t + lag < n; t += 1) sum += (centred[t] ?? 0) * (centred[t + lag] ?? 0)
    return sum / n
  })
}

function transformedAutocovariance(centred: Float64Array, lagCount: number): Float64Array {
  const n = centred.length
  const size = powerOfTwoFrom(n + lagCount)
  const transform = fourierTransform(size)
  const padded = new Float64Array(size)
  padded.set(centred)
  const spectrum = new Float64Array(2 * size)
  transform.realTransform(spectrum, padded)
  transform.completeSpectrum(spectrum)
  for (let i = 0; i < size; i += 1) {
    const re = spectrum[2 * i] ?? 0
    const im = spectrum[2 * i + 1] ?? 0
    padded[i] = re * re + im * im
  }
  // The power spectrum is real and even, so its forward transform is `size` times its inverse.
  transform.realTransform(spectrum, padded)
  return Float64Array.from({ length: lagCount }, (_, lag) => (spectrum[2 * lag] ?? 0) / size / n)
}

/** The smallest power of two that is at least `count` (and at least 2). */
export function powerOfTwoFrom(count: number): number {
  return 2 ** Math.max(1, Math.ceil(Math.log2(count)))
}

/**
 * Autocorrelation ρ_k = γ_k / γ_0 for k = 0..maxLag.
 *
 * @returns NaN everywhere for a constant series (0/0: undefined, not zero)
 */
export function autocorrelation(values: Float64Array, maxLag: number): Float64Array {
  const covariance = autocovariance(values, maxLag)
  const scale = covariance[0] ?? Number.NaN
  return covariance.map((value) => (scale > 0 ? value / scale : Number.NaN))
}
