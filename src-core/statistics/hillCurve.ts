import { mean, standardDeviation } from './moments.ts'
import { sortedCopy } from './sortWithOrder.ts'

/** Hill's exponent over the number k of largest magnitudes that it uses. */
export interface HillCurve {
  readonly counts: readonly number[]
  /** Mean over the components. */
  readonly exponents: readonly number[]
}

const pointCount = 24
const smallestCount = 10
/** Beyond this share of the values it is no tail any more. */
const largestShare = 0.2

/**
 * Hill plot (Hill 1975; Drees, de Haan & Resnick 2000): k / Σ log(x_(i)/x_(k+1)) from the k largest magnitudes, for k from 10 to a fifth of the values, in equal ratios.
 * A power law shows as a level stretch; a Gaussian has none, its curve falls all the way. Each component is centred and divided by its standard deviation,
 * and the exponents are averaged over the components.
 *
 * @param components finite series of equal length that vary, at least 100 values each for a curve; fewer give empty arrays
 */
export function hillCurve(components: readonly Float64Array[]): HillCurve {
  const count = components[0]?.length ?? 0
  const largest = Math.floor(largestShare * count)
  if (largest < 2 * smallestCount) return { counts: [], exponents: [] }
  const ratio = largest / smallestCount
  const counts = [
    ...new Set(
      Array.from({ length: pointCount }, (_, i) => Math.round(smallestCount * ratio ** (i / (pointCount - 1)))),
    ),
  ]
  const curves = components.map((values) => exponentsOf(values, counts))
  return {
    counts,
    exponents: counts.map((_, i) => mean(Float64Array.from(curves, (curve) => curve[i] ?? Number.NaN))),
  }
}

function exponentsOf(values: Float64Array, counts: readonly number[]): number[] {
  const centre = mean(values)
  const scale = standardDeviation(values)
  const logs = sortedCopy(values.map((value) => Math.abs(value - centre) / scale))
    .reverse()
    .map(Math.log)
  const sums = new Float64Array(logs.length + 1)
  logs.forEach((log, i) => sums.fill((sums[i] ?? 0) + log, i + 1, i + 2))
  // Where so many values are zero that the k largest reach them, there is no exponent.
  return counts.map((k) => {
    const floor = logs[k] ?? Number.NaN
    return Number.isFinite(floor) ? k / ((sums[k] ?? Number.NaN) - k * floor) : Number.NaN
  })
}
