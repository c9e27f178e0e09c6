import tQuantile from '@stdlib/stats-base-dists-t-quantile'
import { squaredDistance } from '../linearAlgebra/vector.ts'
import { displacementExponent } from './meanSquaredDisplacement.ts'
import { mean, variance } from './moments.ts'

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
  /** Mean over the components of the exponent over the long lags, and its 95 % interval. */
  readonly exponent: number
  readonly exponentLow: number
  readonly exponentHigh: number
  /** Slope of the logarithm of `values` on that of the lag over the long lags: led by the components that move most, as ‖·‖² is. */
  readonly slopeInUnits: number
  /** Upper end of its 95 % interval. */
  readonly slopeInUnitsHigh: number
}

/** Sums are kept over so many parts, which can be joined to 12 blocks or to 5. */
const partCount = 60
const shortBlocks = 12
/** Twice as long as the longest lag, a tenth of the rows. */
const longBlocks = 5

/** Per lag: the summed squares, in units and standardised, and the number of start times; those of every component by itself, one component after the other. */
interface BlockSums {
  readonly plain: Float64Array
  readonly scaled: Float64Array
  readonly own: Float64Array
  readonly counts: Float64Array
}

/**
 * Mean-squared displacement and its exponent γ over the lags from `longFrom` on, the mean of the exponents of the components, with intervals by the jackknife that leaves out one of k consecutive blocks of start times (Tukey 1958; Künsch 1989 for
 * dependent data), t with k − 1 degrees of freedom, of the logarithm for the curve. A block must be long against the lag, because squares that are ℓ rows apart share a point: 12 blocks up to a lag of 1/24 of
 * the rows, else 5, as for the exponent. Keep the lags at or below a tenth of the rows (time-average bias).
 *
 * Every component counts by its own exponent: in a sum of displacements over variances those that happened to travel far would count less, and the exponent of a walk in many coordinates would be 0.9.
 * The logarithm of a mean of few independent squares is too small on average, the more so at long lags; the jackknife takes that bias away, k γ − (k − 1) mean(γ without a block) (Quenouille 1956).
 *
 * @param components K ≥ 1 finite series of equal length that vary
 */
export function displacementCurve(
  components: readonly Float64Array[],
  lags: readonly number[],
  { longFrom }: { longFrom: number },
): DisplacementCurve {
  const rows = components[0]?.length ?? 0
  const parts = sumParts(components, lags)
  const [short, long] = [joinParts(parts, shortBlocks), joinParts(parts, longBlocks)]
  const isLong = (lag: number) => lag >= longFrom
  const longLags = lags.flatMap((lag, i) => (isLong(lag) ? [{ lag, i }] : []))
  const exponentOf = (blocks: readonly BlockSums[]) => meanExponent(blocks, longLags, components.length)
  const values = averages(parts, 'plain')
  const standardised = averages(parts, 'scaled')
  const slopeOf = (blocks: readonly BlockSums[]) =>
    displacementExponent(
      longLags.map(({ lag }) => lag),
      longLags.map(({ i }) => averageAt(blocks, 'plain', i)),
    )
  const slopeInUnits = withoutRounding(slopeOf(parts))
  const exponent = withoutRounding(withoutBias(long, exponentOf))
  const exponentWidth = halfWidth(long, exponentOf)
  const factors = lags.map((lag, i) =>
    Math.exp(
      halfWidth(lag <= rows / (2 * shortBlocks) ? short : long, (blocks) => Math.log(averageAt(blocks, 'plain', i))),
    ),
  )
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
    slopeInUnits,
    slopeInUnitsHigh: slopeInUnits + halfWidth(long, slopeOf),
  }
}

/** Mean of the exponents of the components that have one. */
function meanExponent(
  blocks: readonly BlockSums[],
  longLags: readonly { readonly lag: number; readonly i: number }[],
  componentCount: number,
): number {
  const lagCount = blocks[0]?.counts.length ?? 0
  const curves = longLags.map(({ i }) => {
    const count = blocks.reduce((sum, block) => sum + (block.counts[i] ?? 0), 0)
    return Float64Array.from(
      { length: componentCount },
      (_, k) => blocks.reduce((sum, block) => sum + (block.own[k * lagCount + i] ?? Number.NaN), 0) / count,
    )
  })
  const lags = longLags.map(({ lag }) => lag)
  const exponents = Float64Array.from({ length: componentCount }, (_, k) =>
    displacementExponent(
      lags,
      curves.map((values) => values[k] ?? Number.NaN),
    ),
  ).filter(Number.isFinite)
  return mean(exponents)
}

/** Values of a statistic without each of the blocks. */
function withoutEach(blocks: readonly BlockSums[], statistic: (blocks: readonly BlockSums[]) => number): Float64Array {
  return Float64Array.from(blocks, (_, left) => statistic(blocks.filter((__, i) => i !== left)))
}

/** The statistic of all blocks less its bias by the jackknife; as it is where it is not defined without one of them. */
function withoutBias(blocks: readonly BlockSums[], statistic: (blocks: readonly BlockSums[]) => number): number {
  const whole = statistic(blocks)
  const corrected = blocks.length * whole - (blocks.length - 1) * mean(withoutEach(blocks, statistic))
  return Number.isFinite(corrected) ? corrected : whole
}

/** 95 % half-width of a statistic of all blocks: √((k−1) · variance of the values without one block) times t. */
function halfWidth(blocks: readonly BlockSums[], statistic: (blocks: readonly BlockSums[]) => number): number {
  const without = withoutEach(blocks, statistic)
  const freedom = blocks.length - 1
  return tQuantile(0.975, freedom) * Math.sqrt(freedom * variance(without))
}

function sumParts(components: readonly Float64Array[], lags: readonly number[]): BlockSums[] {
  const rows = components[0]?.length ?? 0
  const edges = Array.from({ length: partCount + 1 }, (_, i) => Math.floor((i * rows) / partCount))
  const scales = components.map((values) => 1 / (variance(values) * components.length))
  return Array.from({ length: partCount }, (_, part) => {
    const [from = 0, to = 0] = [edges[part], edges[part + 1]]
    const sums = {
      plain: new Float64Array(lags.length),
      scaled: new Float64Array(lags.length),
      own: new Float64Array(lags.length * components.length),
    }
    components.forEach((values, k) => {
      lags.forEach((lag, i) => {
        const end = Math.max(from, Math.min(to, rows - lag))
        const square = squaredDistance(values.subarray(from, end), values.subarray(from + lag, end + lag))
        sums.plain[i] = (sums.plain[i] ?? 0) + square
        sums.scaled[i] = (sums.scaled[i] ?? 0) + square * (scales[k] ?? Number.NaN)
        sums.own[k * lags.length + i] = square
      })
    })
    return { ...sums, counts: Float64Array.from(lags, (lag) => Math.max(0, Math.min(to, rows - lag) - from)) }
  })
}

function joinParts(parts: readonly BlockSums[], count: number): BlockSums[] {
  const size = parts.length / count
  const total = (group: readonly BlockSums[], kind: keyof BlockSums) =>
    (group[0]?.[kind] ?? new Float64Array()).map((_, i) => group.reduce((sum, part) => sum + (part[kind][i] ?? 0), 0))
  return Array.from({ length: count }, (_, block) => {
    const group = parts.slice(block * size, (block + 1) * size)
    return {
      plain: total(group, 'plain'),
      scaled: total(group, 'scaled'),
      own: total(group, 'own'),
      counts: total(group, 'counts'),
    }
  })
}

function averages(blocks: readonly BlockSums[], kind: 'plain' | 'scaled'): number[] {
  return Array.from(blocks[0]?.counts ?? [], (_, i) => averageAt(blocks, kind, i))
}

function averageAt(blocks: readonly BlockSums[], kind: 'plain' | 'scaled', i: number): number {
  let sum = 0
  let count = 0
  for (const block of blocks) {
    sum += block[kind][i] ?? Number.NaN
    count += block.counts[i] ?? 0
  }
  return sum / count
}

/** An exponent of this size is rounding: that of a cycle, whose displacement is the same at every lag, is 0. */
function withoutRounding(exponent: number): number {
  return Math.abs(exponent) < 1e-12 ? 0 : exponent
}
