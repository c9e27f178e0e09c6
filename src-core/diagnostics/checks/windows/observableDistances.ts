import {
  distancesOfSorted,
  maximumMeanDiscrepancySquared,
  medianPairDistance,
  wassersteinP,
  wassersteinPOfSorted,
  type PointCloud,
} from '../../../statistics/distances.ts'
import { isConstant, standardDeviation } from '../../../statistics/moments.ts'
import { sortedCopy } from '../../../statistics/sortWithOrder.ts'
import type { NamedNumber } from '../../results/diagnosticResult.ts'
import type { JudgedScalar, JudgedVector, SegmentContext } from '../segmentContext.ts'
import { thin } from '../../observables/seriesRange.ts'
import { distancePointLimit } from './windowTests.ts'

/** A distance between the halves of the judged part, and between its odd and its even blocks: what one law gives at this sample size. */
export interface HalvesDistance {
  readonly observable: string
  readonly distance: string
  readonly halves: number
  readonly within: number
  readonly unit: string
}

const cloudRowLimit = 200

/**
 * Distances between the first and the second half of the judged part, each beside that between its odd and its even blocks (as long as `minimumBlockCount` of them allow, at least 2τ; NaN with fewer):
 * of scalars KS, W1, W2 and energy (the root, as scipy has it); of vectors the sliced W2 over their recorded components, which are projections themselves, and the unbiased MMD² of standardised
 * components with a Gaussian kernel whose width is the median distance. Information: whether a difference counts is for the permutation test.
 */
export function observableDistances({ scalars, vectors, margins }: SegmentContext): HalvesDistance[] {
  const blockCount = margins.minimumBlockCount
  return [
    ...scalars
      .filter(({ values }) => values.length >= 4 && !isConstant(values))
      .flatMap((scalar) => ofScalar(scalar, blockCount)),
    ...vectors.flatMap((vector) => ofVector(vector, blockCount)),
  ]
}

/** The numbers of the distances, for tables. */
export function distanceDetails(distances: readonly HalvesDistance[]): NamedNumber[] {
  return distances
    .flatMap(({ observable, distance, halves, within, unit }) => [
      { label: `${distance} of halves, ${observable}`, value: halves, unit },
      { label: `${distance} of odd and even blocks, ${observable}`, value: within, unit },
    ])
    .filter(({ value }) => Number.isFinite(value))
}

const scalarDistances = [
  { name: 'KS', key: 'kolmogorovSmirnov', unit: '' },
  { name: 'W₁', key: 'wasserstein1', unit: 'in its own units' },
  { name: 'W₂', key: 'wasserstein2', unit: 'in its own units' },
  { name: 'energy distance', key: 'energy', unit: '' },
] as const

function distancesBetween(a: Float64Array, b: Float64Array) {
  const [x, y] = [sortedCopy(a), sortedCopy(b)]
  return { ...distancesOfSorted(x, y), wasserstein2: wassersteinPOfSorted(x, y, 2) }
}

function ofScalar(scalar: JudgedScalar, blockCount: number): HalvesDistance[] {
  const { values, stride } = thin(scalar.values, distancePointLimit)
  const groups = alternatingGroups(values.length, scalar.autocorrelationTime / stride, blockCount)
  const middle = values.length >> 1
  const halves = distancesBetween(values.subarray(0, middle), values.subarray(middle))
  const within = groups && distancesBetween(pick(values, groups.even), pick(values, groups.odd))
  return scalarDistances.map(({ name, key, unit }) => ({
    observable: scalar.name,
    distance: name,
    halves: halves[key],
    within: within ? within[key] : Number.NaN,
    unit,
  }))
}

function ofVector(vector: JudgedVector, blockCount: number): HalvesDistance[] {
  const components = vector.components.filter((values) => !isConstant(values))
  const count = components[0]?.length ?? 0
  if (count < 4) return []
  const rows = Array.from({ length: count }, (_, row) => row)
  const halves = { even: rows.slice(0, count >> 1), odd: rows.slice(count >> 1) }
  const groups = alternatingGroups(count, vector.autocorrelationTime, blockCount)
  const standardised = components.map(standardise)
  const bandwidth = medianPairDistance(cloudOf(standardised, everyFew(rows)))
  const sliced = ({ even, odd }: Groups) =>
    Math.sqrt(
      components.reduce((sum, values) => sum + wassersteinP(pick(values, even), pick(values, odd), 2) ** 2, 0) /
        components.length,
    )
  const discrepancy = ({ even, odd }: Groups) =>
    maximumMeanDiscrepancySquared(
      cloudOf(standardised, everyFew(even)),
      cloudOf(standardised, everyFew(odd)),
      bandwidth,
    )
  const both = (distance: string, of: (groups: Groups) => number, unit: string) => ({
    observable: vector.name,
    distance,
    halves: of(halves),
    within: groups ? of(groups) : Number.NaN,
    unit,
  })
  return [both('sliced W₂', sliced, 'in their own units'), both('MMD²', discrepancy, '')]
}

interface Groups {
  readonly even: readonly number[]
  readonly odd: readonly number[]
}

/** Rows of the even and of the odd blocks, an even number of blocks at the end; undefined with fewer than `blockCount` blocks of 2τ. */
function alternatingGroups(count: number, time: number, blockCount: number): Groups | undefined {
  const blockLength = Math.max(
    Math.ceil(2 * (Number.isFinite(time) ? Math.max(1, time) : 1)),
    Math.floor(count / blockCount),
  )
  const blocks = 2 * Math.floor(count / blockLength / 2)
  if (blocks < blockCount - (blockCount % 2)) return undefined
  const rows = Array.from({ length: blocks * blockLength }, (_, i) => count - blocks * blockLength + i)
  const isOdd = (_: number, i: number) => Math.floor(i / blockLength) % 2 === 1
  return { even: rows.filter((row, i) => !isOdd(row, i)), odd: rows.filter(isOdd) }
}

function pick(values: Float64Array, rows: readonly number[]): Float64Array {
  const picked = new Float64Array(rows.length)
  for (let i = 0; i < picked.length; i += 1) picked[i] = values[rows[i] ?? -1] ?? Number.NaN
  return picked
}

function everyFew(rows: readonly number[]): number[] {
  const stride = Math.ceil(rows.length / cloudRowLimit)
  return rows.filter((_, i) => i % stride === 0)
}

function standardise(values: Float64Array): Float64Array {
  const scale = standardDeviation(values)
  return values.map((value) => value / scale)
}

function cloudOf(components: readonly Float64Array[], rows: readonly number[]): PointCloud {
  const dimension = components.length
  const values = new Float64Array(rows.length * dimension)
  rows.forEach((row, i) =>
    components.forEach((component, k) => (values[i * dimension + k] = component[row] ?? Number.NaN)),
  )
  return { dimension, values }
}
