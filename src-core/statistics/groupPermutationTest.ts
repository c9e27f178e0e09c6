import { createRandomGenerator, shuffle } from '../random/randomGenerator.ts'

export interface GroupPermutationResult {
  /** Share of the partitions into groups of these sizes that lie at least as close together as the true one. NaN when nothing can be permuted. */
  readonly p: number
  /** The smallest p that so few items can give: 1 / `partitionCount`; 0.1 for 3 + 3. */
  readonly smallestP: number
  /** Partitions that were looked at, the true one among them. */
  readonly partitionCount: number
  /** Whether these are all partitions there are. */
  readonly isComplete: boolean
  /** Mean distance within a group, over its pairs, and between members of different groups. NaN without such pairs. */
  readonly within: number
  readonly between: number
}

/** Up to this many partitions all are visited. */
const enumeratedPartitionCount = 10_000
const sampledPartitionCount = 1999

/**
 * Do items lie closer together within their groups than chance? If group and item have nothing to do with each other, every partition of the items into groups of
 * these sizes is equally likely. Statistic: Σ_g (1/n_g) Σ_{i<j in g} d_ij, the within-sample dispersion of the distance components of Rizzo & Székely (2010, α = 1);
 * small means distinct groups. Groups of one size are interchangeable, so 3 + 3 items have 10 partitions, not 20. All are visited up to 10 000 of them; beyond, the true one
 * and 1999 random ones.
 *
 * @param distances symmetric, `[count, count]`; the diagonal is not read
 * @param groups the group of each item, `[count]`
 * @param seed of the random partitions
 * @returns p NaN with one group, with groups of one item only, or with a distance that is not finite
 */
export function groupPermutationTest(
  distances: readonly (readonly number[])[],
  groups: readonly number[],
  seed: number,
): GroupPermutationResult {
  const members = [...new Set(groups)].map((group) => groups.flatMap((own, i) => (own === group ? [i] : [])))
  const sizes = members.map(({ length }) => length)
  const distance = (i: number, j: number) => distances[i]?.[j] ?? Number.NaN
  const dispersion = (parts: readonly (readonly number[])[]) =>
    parts.reduce((sum, part) => sum + sumOfPairs(part, distance) / part.length, 0)
  const observed = dispersion(members)
  const means = meanDistances(members, distance)
  const total = countPartitions(sizes)
  if (!(total > 1) || !Number.isFinite(means.within + means.between))
    return { ...means, p: Number.NaN, smallestP: Number.NaN, partitionCount: 0, isComplete: false }
  const isComplete = total <= enumeratedPartitionCount
  const partitions = isComplete
    ? enumeratePartitions(
        groups.map((_, i) => i),
        sizes,
      )
    : samplePartitions(members, seed)
  // Rounding must not turn a tie into a difference.
  const limit = observed + 1e-12 * Math.abs(observed)
  const reached = partitions.filter((parts) => dispersion(parts) <= limit).length
  const partitionCount = partitions.length
  return { ...means, p: reached / partitionCount, smallestP: 1 / partitionCount, partitionCount, isComplete }
}

type Distance = (i: number, j: number) => number

function sumOfPairs(items: readonly number[], distance: Distance): number {
  let sum = 0
  for (let a = 0; a < items.length; a += 1) for (let b = 0; b < a; b += 1) sum += distance(items[a] ?? 0, items[b] ?? 0)
  return sum
}

function meanDistances(
  members: readonly (readonly number[])[],
  distance: Distance,
): { within: number; between: number } {
  const pairs = (count: number) => (count * (count - 1)) / 2
  const all = members.flat()
  const inside = members.reduce((sum, part) => sum + sumOfPairs(part, distance), 0)
  const insideCount = members.reduce((sum, part) => sum + pairs(part.length), 0)
  return {
    within: inside / insideCount,
    between: (sumOfPairs(all, distance) - inside) / (pairs(all.length) - insideCount),
  }
}

/** Partitions of items into unordered groups of these sizes: N! / (Π n_g! · Π k_s!), k_s the number of groups of size s. */
export function countPartitions(sizes: readonly number[]): number {
  let logarithm = logFactorial(sizes.reduce((sum, size) => sum + size, 0))
  for (const size of sizes) logarithm -= logFactorial(size)
  for (const size of new Set(sizes)) logarithm -= logFactorial(sizes.filter((other) => other === size).length)
  return Math.round(Math.exp(logarithm))
}

function logFactorial(n: number): number {
  let sum = 0
  for (let k = 2; k <= n; k += 1) sum += Math.log(k)
  return sum
}

/** Every partition once: the first item takes its companions for each size that is left, the rest is partitioned in turn. */
function enumeratePartitions(items: readonly number[], sizes: readonly number[]): number[][][] {
  const [first, ...others] = items
  if (first === undefined) return [[]]
  return [...new Set(sizes)].flatMap((size) => {
    const left = sizes.toSpliced(sizes.indexOf(size), 1)
    return subsets(others, size - 1).flatMap((companions) => {
      const rest = others.filter((item) => !companions.includes(item))
      return enumeratePartitions(rest, left).map((partition) => [[first, ...companions], ...partition])
    })
  })
}

function subsets(items: readonly number[], size: number): number[][] {
  if (size === 0) return [[]]
  return items.flatMap((item, i) => subsets(items.slice(i + 1), size - 1).map((rest) => [item, ...rest]))
}

function samplePartitions(members: readonly (readonly number[])[], seed: number): number[][][] {
  const random = createRandomGenerator(seed)
  const order = Int32Array.from(members.flat())
  const partitions = [members.map((part) => [...part])]
  for (let k = 0; k < sampledPartitionCount; k += 1) {
    shuffle(order, random)
    let start = 0
    partitions.push(members.map(({ length }) => Array.from(order.subarray(start, (start += length)))))
  }
  return partitions
}
