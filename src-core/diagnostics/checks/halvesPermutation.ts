import { blockPermutationTest, type BlockPermutationResult } from '../../statistics/blockPermutationTest.ts'
import type { DiagnosticMargins } from '../results/margins.ts'

/** Components of a sketch that enter the permutation test, evenly spaced: projections are exchangeable, more add cost and hardly power. */
const componentLimit = 24

/**
 * The block permutation of a verdict: W1 between the halves against that of permuted blocks. Blocks are as long as `minimumBlockCount` of them allow, and at least two
 * autocorrelation times: neighbouring blocks of 2τ are still correlated by about 1/6, which doubles the false alarms at 5 % (docs/calibration.md), while a permutation needs no
 * more than some twenty exchangeable blocks.
 *
 * @param components series of equal length, constant ones left out
 * @param autocorrelationTime in points; NaN counts as 1
 * @returns p is NaN with fewer than `minimumBlockCount` blocks of two autocorrelation times
 */
export function permuteHalves(
  components: readonly Float64Array[],
  autocorrelationTime: number,
  { margins, seed }: { margins: DiagnosticMargins; seed: number },
): BlockPermutationResult {
  const n = components[0]?.length ?? 0
  const shortest = Math.max(1, Math.ceil(2 * (Number.isFinite(autocorrelationTime) ? autocorrelationTime : 1)))
  const blockLength = Math.max(shortest, Math.floor(n / margins.minimumBlockCount))
  const blockCount = Math.floor(n / blockLength)
  if (blockCount < margins.minimumBlockCount) return { statistic: Number.NaN, p: Number.NaN, blockLength, blockCount }
  const stride = Math.ceil(components.length / componentLimit)
  const tested = components.filter((_, k) => k % stride === 0)
  return blockPermutationTest(tested, blockLength, { permutationCount: margins.permutationCount, seed })
}
