import { fourierTransform } from './fourierTransform.ts'
import { mean } from './moments.ts'

/** Up to this many lags the direct sum is faster than the transform. */
const directLagLimit = 8

/**
 * Autocovariance γ_k = (1/n) Σ_t (x_t − x̄)(x_{t+k} − x̄) for k = 0..maxLag (biased: divisor n, which keeps the sequence positive definite).
 * By direct sums when few lags are wanted; otherwise by fast Fourier transforms of consecutive chunks no longer than the lags need (Rader 1970), O(n log maxLag).
 *
 * @param values n ≥ 1 finite values
 * @param maxLag cut at n − 1
 * @returns `[maxLag + 1]`; NaN everywhere when a value is not finite
 */
export function autocovariance(values: Float64Array, maxLag: number): Float64Array {
  const lagCount = Math.min(maxLag, values.length - 1) + 1
  const centre = mean(values)
  return lagCount <= directLagLimit
    ? directAutocovariance(values, centre, lagCount)
    : transformedAutocovariance(values, centre, lagCount)
}

function directAutocovariance(values: Float64Array, centre: number, lagCount: number): Float64Array {
  const n = values.length
  return Float64Array.from({ length: lagCount }, (_, lag) => {
    let sum = 0
    for (let t = lag; t < n; t += 1)
      sum += ((values[t - lag] ?? Number.NaN) - centre) * ((values[t] ?? Number.NaN) - centre)
    return sum / n
  })
}

/**
 * With chunks c_i of B values, zero-padded to 2B and transformed to C_i, the products at lags up to B reach into the next chunk only:
 * their transform is Σ |C_i|² + (−1)^k Σ conj(C_i) C_{i+1}, because a shift by B is (−1)^k at frequency k.
 */
function transformedAutocovariance(values: Float64Array, centre: number, lagCount: number): Float64Array {
  const n = values.length
  const chunkLength = powerOfTwoFrom(lagCount)
  const size = 2 * chunkLength
  const transform = fourierTransform(size)
  const chunk = new Float64Array(size)
  const sums = emptyCrossSpectrum(chunkLength)
  let before = new Float64Array(2 * size)
  let current = new Float64Array(2 * size)
  for (let start = 0; start < n; start += chunkLength) {
    const length = Math.min(chunkLength, n - start)
    for (let t = 0; t < length; t += 1) chunk[t] = (values[start + t] ?? Number.NaN) - centre
    chunk.fill(0, length)
    transform.realTransform(current, chunk)
    addCrossSpectrum(sums, before, current)
    ;[before, current] = [current, before]
  }
  const products = crossSpectrum(sums, current)
  transform.completeSpectrum(products)
  transform.inverseTransform(before, products)
  return Float64Array.from({ length: lagCount }, (_, lag) => (before[2 * lag] ?? 0) / n)
}

/** Sums over chunks, per frequency 0..B. */
interface CrossSpectrum {
  /** Σ |C_i|². */
  readonly power: Float64Array
  /** Σ conj(C_i) C_{i+1}. */
  readonly real: Float64Array
  readonly imaginary: Float64Array
}

function emptyCrossSpectrum(chunkLength: number): CrossSpectrum {
  const empty = () => new Float64Array(chunkLength + 1)
  return { power: empty(), real: empty(), imaginary: empty() }
}

function addCrossSpectrum(
  { power, real, imaginary }: CrossSpectrum,
  before: Float64Array,
  current: Float64Array,
): void {
  for (let k = 0; k < power.length; k += 1) {
    const re = current[2 * k] ?? 0
    const im = current[2 * k + 1] ?? 0
    const reBefore = before[2 * k] ?? 0
    const imBefore = before[2 * k + 1] ?? 0
    power[k] = (power[k] ?? 0) + re * re + im * im
    real[k] = (real[k] ?? 0) + reBefore * re + imBefore * im
    imaginary[k] = (imaginary[k] ?? 0) + reBefore * im - imBefore * re
  }
}

/** The transform of the products, for frequencies 0..B, written into `target`. */
function crossSpectrum({ power, real, imaginary }: CrossSpectrum, target: Float64Array): Float64Array {
  for (let k = 0; k < power.length; k += 1) {
    const sign = k % 2 === 0 ? 1 : -1
    target[2 * k] = (power[k] ?? 0) + sign * (real[k] ?? 0)
    target[2 * k + 1] = sign * (imaginary[k] ?? 0)
  }
  return target
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
