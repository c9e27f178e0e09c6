import { shuffle, type RandomGenerator } from '../random/randomGenerator.ts'
import { sortedCopy } from './sortWithOrder.ts'

/** Orders over which `tailIndexOfLaw` averages. */
const orderCount = 8

/**
 * Block estimator of the α-stable tail index (Mohammadi, Mohammadpour & Ogata 2015, as used by Şimşekli, Sagun & Gürbüzbalaban 2019):
 * 1/α = (mean log|Y| − mean log|X|) / log K₁ with Y sums of K₁ consecutive values. 2 for a Gaussian.
 * Biased below 2 when scales are mixed: compare with a Gaussian control; evidence of "heavier than Gaussian" only.
 *
 * @param blockLength K₁, default ⌊√n⌋
 * @returns NaN for fewer than 4 values; zero values are left out of the logarithms
 */
export function mohammadiTailIndex(values: Float64Array, blockLength = Math.floor(Math.sqrt(values.length))): number {
  const blockCount = Math.floor(values.length / blockLength)
  if (blockLength < 2 || blockCount < 2) return Number.NaN
  const used = values.subarray(0, blockCount * blockLength)
  const sums = Float64Array.from({ length: blockCount }, (_, block) => {
    let sum = 0
    for (let i = block * blockLength; i < (block + 1) * blockLength; i += 1) sum += used[i] ?? Number.NaN
    return sum
  })
  return Math.log(blockLength) / (meanLogMagnitude(sums) - meanLogMagnitude(used))
}

/**
 * Tail index of the law of the values, whatever their order and location: `mohammadiTailIndex` of differences between random pairs, the mean of 1/α over 8 orders.
 * Serial correlation changes sums of neighbours and would be taken for a tail, hence the random order; a mean that is not zero makes sums grow like their length,
 * and the sample mean of heavy tails is no help, hence the differences, which have the same α.
 *
 * @returns NaN for fewer than 8 values
 */
export function tailIndexOfLaw(values: Float64Array, random: RandomGenerator): number {
  const order = Int32Array.from(values, (_, i) => i)
  let inverse = 0
  for (let i = 0; i < orderCount; i += 1) {
    shuffle(order, random)
    const value = (k: number) => values[order[k] ?? -1] ?? Number.NaN
    const differences = Float64Array.from({ length: values.length >> 1 }, (_, k) => value(2 * k) - value(2 * k + 1))
    inverse += 1 / mohammadiTailIndex(differences)
  }
  return orderCount / inverse
}

function meanLogMagnitude(values: Float64Array): number {
  const magnitudes = values.filter((value) => value !== 0)
  return magnitudes.reduce((sum, value) => sum + Math.log(Math.abs(value)), 0) / magnitudes.length
}

/**
 * Hill estimator of the tail exponent from the k largest magnitudes (Hill 1975): k / Σ log(x_(i)/x_(k+1)).
 *
 * @param k 1 ≤ k < number of values; otherwise NaN
 */
export function hillTailIndex(values: Float64Array, k: number): number {
  const sorted = sortedCopy(values.map(Math.abs)).reverse()
  const floor = sorted[k] ?? Number.NaN
  let sum = 0
  for (let i = 0; i < k; i += 1) sum += Math.log((sorted[i] ?? Number.NaN) / floor)
  return k / sum
}
