import { createRandomGenerator, shuffle } from '../random/randomGenerator.ts'
import { standardDeviation } from './moments.ts'
import { sortWithOrder } from './sortWithOrder.ts'

export interface BlockPermutationResult {
  /** Wasserstein-1 distance between the first and the second half of the blocks, averaged over the components after standardising. */
  readonly statistic: number
  readonly p: number
  readonly blockLength: number
  readonly blockCount: number
}

/**
 * Are the first and the second half of a series drawn from one law? Two-sample test on W1 whose null distribution comes from permuting whole blocks,
 * so that the correlation within a block is kept (block permutation; Kirch 2007). p = (1 + #{permuted ≥ observed}) / (1 + permutationCount).
 * Halves that are equal up to the rounding of their values give p = 1: a difference of less than 16 units in the last place of the largest magnitude counts as none.
 * Neighbouring blocks of 2τ are still correlated: with as many of them as there are, more than 5 % false alarms at nominal 5 %, up to a third where the autocorrelation oscillates
 * ("halves of `stats`" in docs/calibration.md); with some twenty long blocks the level holds. Left-over points at the start are not used.
 *
 * @param components series of equal length n; one test statistic is formed from all (sum of W1, each in units of its own standard deviation when there are several)
 * @param blockLength at least twice the autocorrelation time
 * @returns NaN when there are fewer than 4 blocks or a value is not finite
 */
export function blockPermutationTest(
  components: readonly Float64Array[],
  blockLength: number,
  options: { readonly permutationCount: number; readonly seed: number },
): BlockPermutationResult {
  const n = components[0]?.length ?? 0
  const blockCount = Math.floor(n / blockLength)
  if (blockCount < 4) return { statistic: Number.NaN, p: Number.NaN, blockLength, blockCount }
  const used = blockCount * blockLength
  const sorted = components.map((values) => {
    const part = values.subarray(values.length - used)
    return sortWithOrigin(part, blockLength, components.length === 1 ? 1 : 1 / (spread(part) * components.length))
  })
  const half = Math.floor(blockCount / 2)
  const labels = Int32Array.from({ length: blockCount }, (_, block) => block)
  // F − G in whole numbers, so that it returns to exactly 0 where the halves hold the same values.
  const steps = new Float64Array(blockCount)
  const unit = 1 / (half * (blockCount - half) * blockLength)
  const statisticOfLabels = () => {
    for (let i = 0; i < blockCount; i += 1) steps[labels[i] ?? 0] = i < half ? blockCount - half : -half
    return unit * sorted.reduce((sum, component) => sum + splitWasserstein1(component, steps), 0)
  }
  const statistic = statisticOfLabels()
  if (!Number.isFinite(statistic)) return { statistic: Number.NaN, p: Number.NaN, blockLength, blockCount }
  const random = createRandomGenerator(options.seed)
  // Rounding, of the sums and of the values, must not turn a tie into a difference.
  const limit = statistic * (1 - 1e-12) - sorted.reduce((sum, { rounding }) => sum + rounding, 0)
  let reached = 0
  for (let i = 0; i < options.permutationCount; i += 1) {
    shuffle(labels, random)
    if (statisticOfLabels() >= limit) reached += 1
  }
  return { statistic, p: (1 + reached) / (1 + options.permutationCount), blockLength, blockCount }
}

interface SortedComponent {
  /** Distance from each sorted value to the next, times the weight of the component; 0 after the last. */
  readonly gaps: Float64Array
  /** The block that each sorted value comes from. */
  readonly blocks: Int32Array
  /** Distance that the rounding of the values can make, in the same units as the gaps. */
  readonly rounding: number
}

/** Units in the last place by which values may differ that mean the same: the states of a cycle are computed anew in each period. */
const roundingUnits = 16

function sortWithOrigin(values: Float64Array, blockLength: number, weight: number): SortedComponent {
  const { sorted, order } = sortWithOrder(values)
  const gaps = new Float64Array(sorted.length)
  for (let i = 0; i + 1 < gaps.length; i += 1)
    gaps[i] = weight * ((sorted[i + 1] ?? Number.NaN) - (sorted[i] ?? Number.NaN))
  for (let i = 0; i < order.length; i += 1) order[i] = Math.floor((order[i] ?? 0) / blockLength)
  const largest = Math.max(Math.abs(sorted[0] ?? 0), Math.abs(sorted.at(-1) ?? 0))
  return { gaps, blocks: order, rounding: weight * roundingUnits * Number.EPSILON * largest }
}

/** Standard deviation; 1 for a constant, whose distance is zero anyway. */
function spread(values: Float64Array): number {
  return standardDeviation(values) || 1
}

/** W1 between the values of the first blocks and the others: ∫|F − G| over values sorted once; `steps` is what each block adds to F − G, and the unit of the result that of the steps. */
function splitWasserstein1({ gaps, blocks }: SortedComponent, steps: Float64Array): number {
  let difference = 0
  let sum = 0
  for (let i = 0; i < gaps.length; i += 1) {
    difference += steps[blocks[i] ?? 0] ?? 0
    sum += Math.abs(difference) * (gaps[i] ?? 0)
  }
  return sum
}
