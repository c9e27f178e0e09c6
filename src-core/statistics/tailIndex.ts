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
  const sorted = values.map(Math.abs).sort().reverse()
  const floor = sorted[k] ?? Number.NaN
  let sum = 0
  for (let i = 0; i < k; i += 1) sum += Math.log((sorted[i] ?? Number.NaN) / floor)
  return k / sum
}
