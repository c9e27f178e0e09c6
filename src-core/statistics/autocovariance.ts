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
 * their transform is Σ |C_i|² + (−1)^k conj(C_{i−1}) C_i, because a shift by B is (−1)^k at frequency k.
 *
 * The later half of the chunks goes through the same transforms as the imaginary part of the earlier half: products within either are the real part of the inverse.
 */
function transformedAutocovariance(values: Float64Array, centre: number, lagCount: number): Float64Array {
  const chunkLength = powerOfTwoFrom(lagCount)
  const chunkCount = Math.ceil(values.length / chunkLength)
  const half = Math.ceil(chunkCount / 2)
  const transform = fourierTransform(2 * chunkLength)
  const chunk = new Float64Array(4 * chunkLength)
  const spectrum = (real: number, imaginary: number, target: Float64Array) => {
    fillChunk(chunk, 0, values, { from: real * chunkLength, centre })
    fillChunk(chunk, 1, values, { from: imaginary * chunkLength, centre })
    transform.transform(target, chunk)
  }
  const products = new Float64Array(chunk.length)
  let before = new Float64Array(chunk.length)
  let current = new Float64Array(chunk.length)
  // Nothing comes before the first half, and the second follows it.
  if (half < chunkCount) spectrum(-1, half - 1, before)
  for (let i = 0; i < half; i += 1) {
    spectrum(i, half + i, current)
    addProducts(products, before, current)
    ;[before, current] = [current, before]
  }
  transform.inverseTransform(before, products)
  return Float64Array.from({ length: lagCount }, (_, lag) => (before[2 * lag] ?? Number.NaN) / values.length)
}

/** Writes the centred values from index `from` on, as many as there are, into the real (`part` 0) or imaginary part of the first half of a padded chunk. */
function fillChunk(
  chunk: Float64Array,
  part: 0 | 1,
  values: Float64Array,
  { from, centre }: { from: number; centre: number },
): void {
  const length = chunk.length / 4
  const count = from < 0 ? 0 : Math.max(0, Math.min(length, values.length - from))
  for (let t = 0; t < count; t += 1) chunk[2 * t + part] = (values[from + t] ?? Number.NaN) - centre
  for (let t = count; t < length; t += 1) chunk[2 * t + part] = 0
}

/** products += conj(current ± before) · current, with + at even and − at odd frequencies; complex numbers as pairs. */
function addProducts(products: Float64Array, before: Float64Array, current: Float64Array): void {
  for (let k = 0; k < products.length; k += 4) {
    addProduct(products, before, current, k, 1)
    addProduct(products, before, current, k + 2, -1)
  }
}

function addProduct(
  products: Float64Array,
  before: Float64Array,
  current: Float64Array,
  at: number,
  sign: number,
): void {
  const re = current[at] ?? 0
  const im = current[at + 1] ?? 0
  const reSum = re + sign * (before[at] ?? 0)
  const imSum = im + sign * (before[at + 1] ?? 0)
  products[at] = (products[at] ?? 0) + reSum * re + imSum * im
  products[at + 1] = (products[at + 1] ?? 0) + reSum * im - imSum * re
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
