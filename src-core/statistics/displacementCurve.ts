import tQuantile from '@stdlib/stats-base-dists-t-quantile'
import { createRandomGenerator, type RandomGenerator } from '../random/randomGenerator.ts'
import { displacementExponent, sumOfSquaredDifferences } from './meanSquaredDisplacement.ts'
import { variance } from './moments.ts'

/** Mean-squared displacement of several components over the lag, with intervals. */
export interface DisplacementCurve {
  /** In rows. */
  readonly lags: readonly number[]
  /** Σ_k mean_t (x_{k,t+ℓ} − x_{k,t})², in squared units of the components, with a 95 % interval at each lag. */
  readonly values: readonly number[]
  readonly low: readonly number[]
  readonly high: readonly number[]
  /** 2 tr C = 2 Σ_k Var x_k: the plateau of a confined motion that has explored its whole law. */
  readonly plateau: number
  /** Mean over the components, each in units of its own variance: 2 at the plateau. */
  readonly standardised: readonly number[]
  /** Exponent of `standardised` over the long lags, and its 95 % interval. */
  readonly exponent: number
  readonly exponentLow: number
  readonly exponentHigh: number
}

const blockCount = 12
const replicateCount = 400

/** Per lag: the summed squares, in units and standardised, and the number of start times. */
interface BlockSums {
  readonly plain: Float64Array
  readonly scaled: Float64Array
  readonly counts: Float64Array
}

/**
 * Mean-squared displacement and its exponent γ over the lags from `longFrom` on, with intervals by a block bootstrap: the start times are cut into 12 consecutive blocks,
 * drawn with replacement 400 times; half-widths are the standard deviation of the replicates (of the logarithm, for the curve) times the t quantile with 11 degrees of freedom.
 * Keep the lags at or below a tenth of the rows (time-average bias).
 *
 * @param components K ≥ 1 finite series of equal length that vary
 */
export function displacementCurve(
  components: readonly Float64Array[],
  lags: readonly number[],
  { longFrom, seed }: { longFrom: number; seed: number },
): DisplacementCurve {
  const blocks = sumBlocks(components, lags)
  const isLong = (lag: number) => lag >= longFrom
  const exponentOf = (values: readonly number[]) =>
    displacementExponent(
      lags.filter(isLong),
      values.filter((_, i) => isLong(lags[i] ?? 0)),
    )
  const values = averages(blocks, 'plain')
  const standardised = averages(blocks, 'scaled')
  const exponent = exponentOf(standardised)
  const random = createRandomGenerator(seed)
  const replicates = Array.from({ length: replicateCount }, () => resample(blocks, random))
  const quantile = tQuantile(0.975, blockCount - 1)
  const exponentWidth = quantile * spreadOf(replicates.map((replicate) => exponentOf(averages(replicate, 'scaled'))))
  const logs = replicates.map((replicate) => averages(replicate, 'plain').map(Math.log))
  const factors = lags.map((_, i) => Math.exp(quantile * spreadOf(logs.map((row) => row[i] ?? Number.NaN))))
  return {
    lags,
    values,
    low: values.map((value, i) => value / (factors[i] ?? Number.NaN)),
    high: values.map((value, i) => value * (factors[i] ?? Number.NaN)),
    plateau: 2 * components.reduce((sum, component) => sum + variance(component), 0),
    standardised,
    exponent,
    exponentLow: exponent - exponentWidth,
    exponentHigh: exponent + exponentWidth,
  }
}

function sumBlocks(components: readonly Float64Array[], lags: readonly number[]): BlockSums[] {
  const rows = components[0]?.length ?? 0
  const edges = Array.from({ length: blockCount + 1 }, (_, i) => Math.floor((i * rows) / blockCount))
  const scales = components.map((values) => 1 / (variance(values) * components.length))
  return Array.from({ length: blockCount }, (_, block) => {
    const [from = 0, to = 0] = [edges[block], edges[block + 1]]
    const sums = { plain: new Float64Array(lags.length), scaled: new Float64Array(lags.length) }
    components.forEach((values, k) => {
      lags.forEach((lag, i) => {
        const end = Math.max(from, Math.min(to, rows - lag))
        const square = sumOfSquaredDifferences(values.subarray(from, end), values.subarray(from + lag, end + lag))
        sums.plain[i] = (sums.plain[i] ?? 0) + square
        sums.scaled[i] = (sums.scaled[i] ?? 0) + square * (scales[k] ?? Number.NaN)
      })
    })
    return { ...sums, counts: Float64Array.from(lags, (lag) => Math.max(0, Math.min(to, rows - lag) - from)) }
  })
}

function averages(blocks: readonly BlockSums[], kind: 'plain' | 'scaled'): number[] {
  return Array.from(blocks[0]?.counts ?? [], (_, i) => {
    let sum = 0
    let count = 0
    for (const block of blocks) {
      sum += block[kind][i] ?? Number.NaN
      count += block.counts[i] ?? 0
    }
    return sum / count
  })
}

function resample(blocks: readonly BlockSums[], random: RandomGenerator): BlockSums[] {
  return blocks.map((block) => blocks[random.integer(blocks.length)] ?? block)
}

/** Standard deviation of the finite ones: a replicate of empty blocks alone has none. */
function spreadOf(values: readonly number[]): number {
  return Math.sqrt(variance(Float64Array.from(values.filter(Number.isFinite))))
}
