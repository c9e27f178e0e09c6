import type { RandomGenerator } from '#core/random/randomGenerator.ts'
import { shuffle } from '#core/random/randomGenerator.ts'

/** A copy in which `round(share · n)` randomly chosen labels are redrawn uniformly over all classes, so a redrawn one may stay true. */
export function addLabelNoise(
  labels: Int32Array,
  share: number,
  classCount: number,
  random: RandomGenerator,
): Int32Array {
  const noisy = labels.slice()
  const order = Int32Array.from(labels, (_, index) => index)
  shuffle(order, random)
  for (const index of order.subarray(0, Math.round(share * labels.length))) noisy[index] = random.integer(classCount)
  return noisy
}
