import { createRandomGenerator, shuffle } from '../random/randomGenerator.ts'

export interface PairingTestResult {
  /** Share of the pairings whose members lie at least as close together as the true one's. NaN with fewer than two pairs or a distance that is not finite. */
  readonly p: number
  /** The smallest p that so few pairs can give. */
  readonly smallestP: number
  /** Mean distance within the true pairs. */
  readonly within: number
  /** Mean distance between members of different pairs. */
  readonly between: number
}

/** Up to this many pairs every pairing is visited: 945 of them. */
const enumeratedPairCount = 5
const sampledPairingCount = 1999

/**
 * Do items that belong together lie closer together than chance? Items 2i and 2i + 1 are a pair (the two halves of a run). If all items come from one law,
 * every pairing is equally likely, so p is the share of pairings with a sum of distances no larger than the true one. With k pairs there are (2k − 1)!! pairings:
 * 3, 15, 105, 945 for 2 to 5 pairs, all visited; beyond, the true one and 1999 random ones. The items must be (nearly) independent.
 *
 * @param distances symmetric, `[2k, 2k]`; the diagonal is not read
 * @param seed of the random pairings
 */
export function pairingTest(distances: readonly (readonly number[])[], seed: number): PairingTestResult {
  const count = distances.length
  const distance = (i: number, j: number) => distances[i]?.[j] ?? Number.NaN
  const order = Array.from({ length: count }, (_, i) => i)
  const observed = sumOfPairs(order, distance)
  const all = order.reduce((sum, i) => sum + order.slice(i + 1).reduce((part, j) => part + distance(i, j), 0), 0)
  const pairCount = count / 2
  const result = { within: observed / pairCount, between: (all - observed) / (2 * pairCount * (pairCount - 1)) }
  if (pairCount < 2 || !Number.isFinite(all)) return { ...result, p: Number.NaN, smallestP: Number.NaN }
  const sums =
    pairCount <= enumeratedPairCount
      ? enumeratePairings(order, distance)
      : samplePairings(count, distance, seed, observed)
  // Rounding must not turn a tie into a difference.
  const reached = sums.filter((sum) => sum <= observed * (1 + 1e-12)).length
  return { ...result, p: reached / sums.length, smallestP: 1 / sums.length }
}

type Distance = (i: number, j: number) => number

function sumOfPairs(order: ArrayLike<number>, distance: Distance): number {
  let sum = 0
  for (let i = 0; i + 1 < order.length; i += 2) sum += distance(order[i] ?? 0, order[i + 1] ?? 0)
  return sum
}

/** The sum of every pairing: the first item with each other one, times the pairings of the rest. */
function enumeratePairings(items: readonly number[], distance: Distance): number[] {
  const [first, ...rest] = items
  if (first === undefined) return [0]
  return rest.flatMap((partner) => {
    const others = enumeratePairings(
      rest.filter((item) => item !== partner),
      distance,
    )
    return others.map((sum) => sum + distance(first, partner))
  })
}

function samplePairings(count: number, distance: Distance, seed: number, observed: number): number[] {
  const random = createRandomGenerator(seed)
  const order = Int32Array.from({ length: count }, (_, i) => i)
  const sums = [observed]
  for (let k = 0; k < sampledPairingCount; k += 1) {
    shuffle(order, random)
    sums.push(sumOfPairs(order, distance))
  }
  return sums
}
