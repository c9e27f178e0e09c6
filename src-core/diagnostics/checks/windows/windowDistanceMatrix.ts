import { distancesOfSorted, wasserstein1 } from '../../../statistics/distances.ts'
import { isConstant } from '../../../statistics/moments.ts'
import { sortedCopy } from '../../../statistics/sortWithOrder.ts'
import type { DistanceMatrixChart } from '../../results/diagnosticResult.ts'
import type { JudgedScalar } from '../segmentContext.ts'
import { everyNth } from '../../observables/seriesRange.ts'

const largestWindowCount = 10
/** Blocks of 2τ that a window must hold, so that it can be split into two comparable halves. */
const blocksPerWindow = 4
const pointsPerWindow = 4096

/**
 * W1 between equal windows of a series, divided by the distance within a window (between its odd and its even blocks of 2τ).
 * 1 means as different as two halves of one window; below 1 is usual, because windows hold twice the points of their halves.
 *
 * @returns undefined when fewer than two windows of four blocks fit
 */
export function windowDistanceMatrix(scalar: JudgedScalar): DistanceMatrixChart | undefined {
  const { steps, values } = scalar
  const blockLength = Math.max(1, Math.ceil(2 * (scalar.autocorrelationTime || 1)))
  const windowCount = Math.min(largestWindowCount, Math.floor(values.length / (blocksPerWindow * blockLength)))
  if (windowCount < 2 || isConstant(values)) return undefined
  const length = Math.floor(values.length / windowCount)
  const start = (i: number) => values.length - (windowCount - i) * length
  const windows = Array.from({ length: windowCount }, (_, i) => values.subarray(start(i), start(i) + length))
  const baseline = windows.reduce((sum, window) => sum + withinDistance(window, blockLength), 0) / windowCount
  const stride = Math.ceil(length / pointsPerWindow)
  const samples = windows.map((window) => sortedCopy(everyNth(window, stride)))
  return {
    kind: 'distance-matrix',
    observable: scalar.name,
    windows: windows.map((_, i) => ({
      from: steps[start(i)] ?? Number.NaN,
      to: steps[start(i) + length - 1] ?? Number.NaN,
    })),
    ratios: samples.map((a, i) =>
      samples.map((b, j) => (i === j ? Number.NaN : distancesOfSorted(a, b).wasserstein1 / baseline)),
    ),
    baseline,
  }
}

function withinDistance(window: Float64Array, blockLength: number): number {
  const isOdd = (i: number) => Math.floor(i / blockLength) % 2 === 1
  return wasserstein1(
    window.filter((_, i) => isOdd(i)),
    window.filter((_, i) => !isOdd(i)),
  )
}
