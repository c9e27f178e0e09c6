import { describe, expect, it } from 'vitest'
import { createRandomGenerator } from '#core/random/randomGenerator.ts'
import { countPartitions, groupPermutationTest } from '#core/statistics/groupPermutationTest.ts'

const onLine = (values: readonly number[]) => values.map((a) => values.map((b) => Math.abs(a - b)))

/** Without the ties of three points on a line, whose distances sum to twice their range. */
const inPlane = (points: readonly (readonly [number, number])[]) =>
  points.map(([x, y]) => points.map(([u, v]) => Math.hypot(x - u, y - v)))

describe('groupPermutationTest', () => {
  it.each([
    [[3, 3], 10],
    [[2, 2], 3],
    [[4, 4], 35],
    [[1, 3], 4],
    [[2, 3], 10],
    [[2, 2, 2], 15],
    [[3, 3, 3], 280],
    [[1, 1], 1],
  ])('has as many partitions of %j as there are: %i', (sizes, count) => {
    expect(countPartitions(sizes)).toBe(count)
    const labels = sizes.flatMap((size, group) => Array.from({ length: size }, () => group))
    const { partitionCount } = groupPermutationTest(onLine(labels.map((_, i) => i ** 2)), labels, 1)
    expect(partitionCount).toBe(count > 1 && Math.max(...sizes) > 1 ? count : 0)
  })

  it('gives 3 + 3 items far apart the smallest possible p, 0.1', () => {
    const test = groupPermutationTest(onLine([0, 1, 2, 10, 11, 12]), [0, 0, 0, 1, 1, 1], 1)
    expect(test).toMatchObject({ p: 0.1, smallestP: 0.1, isComplete: true })
    expect(test.within).toBeCloseTo(4 / 3, 12)
    expect(test.between).toBeCloseTo(10, 12)
  })

  it('counts by hand: of the three pairings of 0, 1, 2, 4 the true one is the second closest', () => {
    // Within-sums: {01}{24} 1 + 2 = 3; {02}{14} 2 + 3 = 5; {04}{12} 4 + 1 = 5.
    expect(groupPermutationTest(onLine([0, 1, 2, 4]), [0, 0, 1, 1], 1).p).toBeCloseTo(1 / 3, 12)
    expect(groupPermutationTest(onLine([0, 2, 1, 4]), [0, 0, 1, 1], 1).p).toBe(1)
  })

  it('does not depend on the order of items or the names of groups, nor on scale', () => {
    const values = [3, 8, 1, 9, 2, 7]
    const one = groupPermutationTest(onLine(values), [0, 1, 0, 1, 0, 1], 1)
    const other = groupPermutationTest(onLine([...values].reverse().map((x) => 5 * x)), [4, 2, 4, 2, 4, 2], 1)
    expect(other.p).toBe(one.p)
    expect(other.within).toBeCloseTo(5 * one.within, 12)
  })

  it('is NaN with one group, singles only, or a distance that is not finite', () => {
    expect(groupPermutationTest(onLine([1, 2, 3]), [0, 0, 0], 1).p).toBeNaN()
    expect(groupPermutationTest(onLine([1, 2]), [0, 1], 1).p).toBeNaN()
    expect(groupPermutationTest(onLine([1, 2, Number.NaN]), [0, 0, 1], 1).p).toBeNaN()
  })

  it.each([
    [[3, 3], 1000],
    [[4, 4], 600],
    [[2, 3, 3], 400],
  ])('has a p that is uniform on its grid when groups of %j mean nothing', (sizes, repetitions) => {
    const labels = sizes.flatMap((size, group) => Array.from({ length: size }, () => group))
    const random = createRandomGenerator(11)
    const ps = Array.from({ length: repetitions }, () =>
      groupPermutationTest(inPlane(labels.map(() => [random.normal(), random.normal()])), labels, 1),
    )
    for (const level of [0.1, 0.25, 0.5]) {
      const expected = Math.floor(level / (ps[0]?.smallestP ?? 1) + 1e-9) * (ps[0]?.smallestP ?? 1)
      const share = ps.filter(({ p }) => p <= level + 1e-9).length / repetitions
      expect(Math.abs(share - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / repetitions))
    }
  })

  it('samples beyond 10 000 partitions, the true one among them', () => {
    const labels = Array.from({ length: 28 }, (_, i) => (i < 14 ? 0 : 1))
    const test = groupPermutationTest(onLine(labels.map((group, i) => 100 * group + i)), labels, 3)
    expect(test).toMatchObject({ p: 1 / 2000, smallestP: 1 / 2000, isComplete: false, partitionCount: 2000 })
  })
})
