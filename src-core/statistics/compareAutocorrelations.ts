import { dot } from '../linearAlgebra/vector.ts'
import { createRandomGenerator, type RandomGenerator } from '../random/randomGenerator.ts'
import { mean } from './moments.ts'

/** Autocorrelation of the two halves of a series, and whether they agree. */
export interface AutocorrelationComparison {
  /** In recorded points. */
  readonly lags: readonly number[]
  /** Of the first half, the second half, and both together; `[lags]`. */
  readonly first: readonly number[]
  readonly second: readonly number[]
  readonly whole: readonly number[]
  /** Half-width at each lag of the 95 % band in which the curve of one half lies when the autocorrelation does not change. */
  readonly halfWidths: readonly number[]
  /** Largest difference of the halves over the lags, in its standard deviations, and the share of resampled pairs of halves that reach it. */
  readonly largest: number
  readonly p: number
  readonly blockLength: number
  readonly blockCount: number
}

const replicateCount = 499
const lagLimit = 24
/** A block must be long against the memory: in autocorrelation times. */
const blockTimes = 5
/** More blocks add cost, no power. */
const mostBlocks = 200

/** Sums over one block: of x, and of the products x_t x_{t+ℓ}, divided by its length. */
type BlockMoments = Float64Array

/**
 * Does the autocorrelation change from the first to the second half of a series? ρ(ℓ) of both, for up to 24 lags up to 2τ, and a blocks-of-blocks bootstrap
 * (Künsch 1989; Politis & Romano 1992): blocks of at least 5τ (at most 200 of them) carry the sums of x_t and of x_t x_{t+ℓ}, so that no product spans a joint; two halves are drawn from
 * all blocks with replacement, and the largest studentised difference over the lags is compared with theirs (499 replicates; smallest p 0.002).
 *
 * @param values finite, varying; @param time autocorrelation time in points, at least 1 is used
 * @param fewestBlocks below this many blocks the answer is undefined
 */
export function compareAutocorrelations(
  values: Float64Array,
  time: number,
  { seed, fewestBlocks }: { seed: number; fewestBlocks: number },
): AutocorrelationComparison | undefined {
  const lags = comparedLags(time)
  const blockLength = Math.max(
    Math.ceil(blockTimes * Math.max(1, time)),
    lags.at(-1) ?? 1,
    Math.ceil(values.length / mostBlocks),
  )
  const halfCount = Math.floor((values.length - (lags.at(-1) ?? 0)) / blockLength / 2)
  if (!(2 * halfCount >= fewestBlocks)) return undefined
  const blocks = blockMoments(values, lags, { blockLength, count: 2 * halfCount })
  const [first, second, whole] = [blocks.slice(0, halfCount), blocks.slice(halfCount), blocks].map(correlations)
  if (!first || !second || !whole) return undefined
  const random = createRandomGenerator(seed)
  const replicates = Array.from({ length: replicateCount }, () => [
    correlations(resample(blocks, halfCount, random)),
    correlations(resample(blocks, halfCount, random)),
  ])
  const spread = lags.map((_, i) => rootMeanSquare(replicates.map(([a, b]) => (a?.[i] ?? 0) - (b?.[i] ?? 0))))
  const largest = largestDifference(first, second, spread)
  const reached = replicates.filter(([a = [], b = []]) => largestDifference(a, b, spread) >= largest).length
  return {
    lags,
    first,
    second,
    whole,
    halfWidths: spread.map((deviation) => (1.96 * deviation) / Math.SQRT2),
    largest,
    p: (reached + 1) / (replicateCount + 1),
    blockLength,
    blockCount: blocks.length,
  }
}

/** Up to 2τ, at least to lag 4: beyond it there is little but noise. */
function comparedLags(time: number): number[] {
  const reach = Math.max(4, Math.ceil(2 * time))
  const count = Math.min(lagLimit, reach)
  return Array.from({ length: count }, (_, i) => Math.round(((i + 1) * reach) / count))
}

function blockMoments(
  values: Float64Array,
  lags: readonly number[],
  { blockLength, count }: { blockLength: number; count: number },
): BlockMoments[] {
  const centre = mean(values)
  const x = values.map((value) => value - centre)
  return Array.from({ length: count }, (_, block) => {
    const start = block * blockLength
    const part = x.subarray(start, start + blockLength)
    const products = [0, ...lags].map((lag) => dot(part, x.subarray(start + lag, start + lag + blockLength)))
    return Float64Array.of(mean(part), ...products.map((product) => product / blockLength))
  })
}

function correlations(blocks: readonly BlockMoments[]): number[] {
  const average = Array.from(
    blocks[0] ?? [],
    (_, i) => blocks.reduce((sum, block) => sum + (block[i] ?? 0), 0) / blocks.length,
  )
  const [centre = 0, square = 0, ...products] = average
  const variance = square - centre * centre
  return products.map((product) => (variance > 0 ? (product - centre * centre) / variance : 0))
}

function resample(blocks: readonly BlockMoments[], count: number, random: RandomGenerator): BlockMoments[] {
  return Array.from({ length: count }, () => blocks[random.integer(blocks.length)] ?? new Float64Array())
}

function rootMeanSquare(values: readonly number[]): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length)
}

/** Correlations that differ by less than this are equal up to rounding. */
const rounding = 1e-12

/** 0 where no difference is more than rounding, whatever its standard deviation: nothing is then further apart, and p is 1. */
function largestDifference(a: readonly number[], b: readonly number[], spread: readonly number[]): number {
  return spread.reduce((most, deviation, i) => {
    const difference = Math.abs((a[i] ?? 0) - (b[i] ?? 0))
    return difference > rounding ? Math.max(most, difference / deviation) : most
  }, 0)
}
