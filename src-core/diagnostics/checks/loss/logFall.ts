import tCdf from '@stdlib/stats-base-dists-t-cdf'
import { batchMeans } from '../../../statistics/batchMeans.ts'
import { mean } from '../../../statistics/moments.ts'
import { leastSquaresSlope, slopeByBatchMeans } from '../../../statistics/slopeByBatchMeans.ts'

/** How the logarithm of a positive series changes over its length, and the two-sided p of "no change". NaN when a batch mean is not positive. */
export interface LogChange {
  readonly drift: number
  readonly p: number
}

const linearBatchCount = 40
const geometricBatchCount = 12
/** Few and long, so that they are nearly independent also where the memory of the run is a tenth of it. */
const lateBatchCount = 6
/** Least share of a fall that its second half must have; an exponential has half, t⁻¹ at least a third. */
const leastLateShare = 0.3

/** Exponential change: trend of the logarithm of batch means against the index. Means of values, so that single negative estimates do no harm. */
export function exponentialChange(values: Float64Array): LogChange {
  const batchCount = Math.min(linearBatchCount, values.length)
  const logs = batchMeans(values, batchCount, Math.floor(values.length / batchCount)).map(Math.log)
  if (!logs.every(Number.isFinite)) return { drift: Number.NaN, p: Number.NaN }
  return slopeByBatchMeans(logs, Math.floor(batchCount / 2))
}

/** Exponential change over the second half alone: a fall that has ended on a plateau is none there, one that goes on is. */
function lateExponentialChange(values: Float64Array): LogChange {
  const half = values.subarray(values.length >> 1)
  const count = 2 * lateBatchCount
  if (half.length < count) return { drift: Number.NaN, p: Number.NaN }
  const logs = batchMeans(half, count, Math.floor(half.length / count)).map(Math.log)
  return logs.every(Number.isFinite) ? slopeByBatchMeans(logs, lateBatchCount) : { drift: Number.NaN, p: Number.NaN }
}

/**
 * Whether a fall by `wholeDrift` (of the logarithm, over the whole) goes on in the second half. Of a start far away, noise at a constant rate leaves a plateau that may well lie far below it; only a fall
 * that goes on leads to a point.
 *
 * @param leastFall of the logarithm over the second half: what something else than convergence may account for
 */
export function fallsUntilTheEnd(
  values: Float64Array,
  wholeDrift: number,
  significance: number,
  leastFall = 0,
): boolean {
  const late = lateExponentialChange(values)
  return late.p < significance / 4 && late.drift < Math.min(leastLateShare * wholeDrift, -leastFall)
}

/**
 * Power-law change, as under a learning rate that decays like 1/t: trend of the logarithm of means over geometrically growing batches,
 * which have about equal numbers of independent values because the memory of the run grows with 1/η.
 */
export function powerLawChange(values: Float64Array): LogChange {
  const n = values.length
  const edges = Array.from(
    { length: geometricBatchCount + 1 },
    (_, i) => Math.floor(n ** (i / geometricBatchCount)) - (i === 0 ? 1 : 0),
  )
  const batches = edges.slice(1).flatMap((end, i) => (end > (edges[i] ?? 0) ? [values.subarray(edges[i], end)] : []))
  const logs = Float64Array.from(batches, (batch) => Math.log(mean(batch)))
  if (logs.length < 4 || !logs.every(Number.isFinite)) return { drift: Number.NaN, p: Number.NaN }
  const { slope, standardError } = leastSquaresSlope(logs)
  return { drift: slope * logs.length, p: 2 * tCdf(-Math.abs(slope / standardError), logs.length - 2) }
}
