import type { EnsembleMember } from './aggregate.ts'
import { commonGrid } from './commonGrid.ts'
import { interpolate } from './interpolate.ts'

/** Pointwise quantiles of many curves; `curves[k][i]` is the quantile `probabilities[k]` at `x[i]`, NaN where no curve has a value. */
export interface QuantileBands {
  readonly x: Float64Array
  readonly probabilities: readonly number[]
  readonly curves: readonly Float64Array[]
}

/**
 * Quantiles over curves at each position of a common grid, for charts with too many curves to tell apart.
 * Linear interpolation between order statistics (Hyndman and Fan 1996, type 7); non-finite values do not take part.
 */
export function quantileBands(
  members: readonly EnsembleMember[],
  probabilities: readonly number[],
  limit = 400,
): QuantileBands {
  const x = commonGrid(
    members.map((member) => member.x),
    limit,
  )
  const values = members.map((member) => interpolate(member.x, member.y, x))
  const curves = probabilities.map(() => new Float64Array(x.length).fill(NaN))
  for (let i = 0; i < x.length; i++) {
    const sorted = Float64Array.from(values, (curve) => curve[i] ?? NaN)
      .filter(Number.isFinite)
      .sort()
    if (sorted.length === 0) continue
    probabilities.forEach((probability, k) => {
      const position = probability * (sorted.length - 1)
      const below = sorted[Math.floor(position)] ?? NaN
      const above = sorted[Math.ceil(position)] ?? NaN
      const curve = curves[k]
      if (curve) curve[i] = below + (above - below) * (position - Math.floor(position))
    })
  }
  return { x, probabilities, curves }
}
