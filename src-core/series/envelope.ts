/** Consecutive points gathered into buckets; all arrays have one length. Extremes and mean are over finite values, NaN where there is none. */
export interface BucketEnvelope {
  /** Index of the first and of the last point of each bucket. */
  readonly firstIndices: Uint32Array
  readonly lastIndices: Uint32Array
  readonly min: Float64Array
  readonly max: Float64Array
  readonly mean: Float64Array
}

/**
 * Exact min/max envelope of `y` over at most `bucketCount` buckets of equal width in x, or in log₁₀ x on a logarithmic axis (where x ≤ 0 has no place:
 * such points share the first bucket with the smallest positive x). Every point is in exactly one bucket, so no spike is lost; empty buckets are left out.
 * `x` ascends; where it goes back (a clock that was set) the points stay in the bucket that was reached. Empty input gives empty arrays.
 */
export function envelope(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  bucketCount: number,
  isLogarithmic = false,
): BucketEnvelope {
  const ends = bucketEnds(x, bucketCount, isLogarithmic)
  const firstIndices = new Uint32Array(ends.length)
  const min = new Float64Array(ends.length).fill(NaN)
  const max = new Float64Array(ends.length).fill(NaN)
  const mean = new Float64Array(ends.length)
  let i = 0
  for (let bucket = 0; bucket < ends.length; bucket++) {
    firstIndices[bucket] = i
    let sum = 0
    let finiteCount = 0
    let low = NaN
    let high = NaN
    for (const end = ends[bucket] ?? -1; i <= end; i++) {
      const value = y[i] ?? NaN
      if (!Number.isFinite(value)) continue
      sum += value
      finiteCount++
      if (!(low <= value)) low = value
      if (!(high >= value)) high = value
    }
    min[bucket] = low
    max[bucket] = high
    mean[bucket] = sum / finiteCount
  }
  return { firstIndices, lastIndices: Uint32Array.from(ends), min, max, mean }
}

/** Where a bucket grid puts x: bucket 0 to `bucketCount` − 1. */
export type BucketOf = (x: number) => number

/** `bucketCount` buckets of equal width from `low` to `high`, in log₁₀ on a logarithmic axis (`low` > 0 there; what is below is in bucket 0). */
export function bucketGrid(low: number, high: number, bucketCount: number, isLogarithmic: boolean): BucketOf {
  const scale = isLogarithmic ? Math.log10 : (x: number): number => x
  const origin = scale(low)
  const width = (scale(high) - origin) / bucketCount
  return (x) => {
    if (!(width > 0) || x <= low) return 0
    return Math.min(bucketCount - 1, Math.floor((scale(x) - origin) / width))
  }
}

function bucketEnds(x: ArrayLike<number>, bucketCount: number, isLogarithmic: boolean): number[] {
  let low = Infinity
  let high = -Infinity
  for (let i = 0; i < x.length; i++) {
    const position = x[i] ?? NaN
    if (position < low && (!isLogarithmic || position > 0)) low = position
    if (position > high) high = position
  }
  const bucketOf = bucketGrid(low, high, bucketCount, isLogarithmic)
  const ends: number[] = []
  let reached = 0
  for (let i = 0; i < x.length; i++) {
    const bucket = Math.max(reached, bucketOf(x[i] ?? NaN))
    if (bucket !== reached && i > 0) ends.push(i - 1)
    reached = bucket
  }
  if (x.length > 0) ends.push(x.length - 1)
  return ends
}
