import { commonGrid } from './commonGrid.ts'
import { interpolate } from './interpolate.ts'

/** One curve of an ensemble: `x` ascending; `low` and `high` are its own envelope where it was drawn from buckets, else they equal `y`. */
export interface EnsembleMember {
  readonly x: ArrayLike<number>
  readonly y: ArrayLike<number>
  readonly low?: ArrayLike<number>
  readonly high?: ArrayLike<number>
}

/** Pointwise summary of an ensemble; all arrays have the length of `x`. */
export interface EnsembleSummary {
  readonly x: Float64Array
  readonly mean: Float64Array
  readonly minimum: Float64Array
  readonly maximum: Float64Array
  /** Ends of the interval of the mean; NaN where fewer than two members have a value. */
  readonly intervalLow: Float64Array
  readonly intervalHigh: Float64Array
  /** Members with a finite value at each position. */
  readonly counts: Float64Array
}

/** Student's t: the factor of the standard error for `degreesOfFreedom`, e.g. 2.776 for 4 at 95 %. */
export type StudentFactor = (degreesOfFreedom: number) => number

/**
 * Mean, extremes and interval of the mean over the members (seeds) at each position of a common grid of at most `limit` positions.
 * A member contributes only inside its own range; non-finite values do not contribute, and `counts` says how many did.
 * The interval is mean ± t(n − 1)·s/√n with s² the sample variance (divisor n − 1): it assumes independent members with a roughly normal spread.
 * An empty ensemble gives empty arrays.
 */
export function aggregate(
  members: readonly EnsembleMember[],
  studentFactor: StudentFactor,
  limit = 1200,
): EnsembleSummary {
  const x = commonGrid(
    members.map((member) => member.x),
    limit,
  )
  const curves = members.map((member) => ({
    y: interpolate(member.x, member.y, x),
    low: interpolate(member.x, member.low ?? member.y, x),
    high: interpolate(member.x, member.high ?? member.y, x),
  }))
  const empty = (): Float64Array => new Float64Array(x.length).fill(NaN)
  const summary = {
    x,
    mean: empty(),
    minimum: empty(),
    maximum: empty(),
    intervalLow: empty(),
    intervalHigh: empty(),
    counts: empty(),
  }
  for (let i = 0; i < x.length; i++) {
    const present = curves.filter((curve) => Number.isFinite(curve.y[i]))
    const values = present.map((curve) => curve.y[i] ?? NaN)
    const n = values.length
    summary.counts[i] = n
    if (n === 0) continue
    const mean = values.reduce((sum, value) => sum + value, 0) / n
    summary.mean[i] = mean
    summary.minimum[i] = Math.min(...present.map((curve) => curve.low[i] ?? NaN))
    summary.maximum[i] = Math.max(...present.map((curve) => curve.high[i] ?? NaN))
    if (n < 2) continue
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1)
    const halfWidth = studentFactor(n - 1) * Math.sqrt(variance / n)
    summary.intervalLow[i] = mean - halfWidth
    summary.intervalHigh[i] = mean + halfWidth
  }
  return summary
}
