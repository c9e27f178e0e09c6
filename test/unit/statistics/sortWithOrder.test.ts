import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandomGenerator } from '#core/random/randomGenerator.ts'
import { sortedCopy, sortWithOrder } from '#core/statistics/sortWithOrder.ts'

/** Long enough for buckets. */
const count = 3000
const random = createRandomGenerator(5)
const drawn = (of: () => number) => Float64Array.from({ length: count }, of)

const laws: Record<string, Float64Array> = {
  Gaussian: drawn(() => random.normal()),
  'far outliers': drawn(() => Math.tan(Math.PI * (random.uniform() - 0.5)) ** 3),
  'large values that hardly differ': drawn(() => 1e9 + 1e-6 * random.normal()),
  'one outlier far from values that hardly differ': drawn(() => 1 + 1e-9 * random.normal()).fill(1e300, 0, 1),
  'few levels': drawn(() => random.integer(3) - 1),
  constant: drawn(() => 2.5),
  'smallest numbers': drawn(() => 5e-324 * random.integer(1000)),
  'largest numbers': drawn(() => 1.7e308 * (2 * random.uniform() - 1)),
  'zeros of both signs': drawn(() => (random.integer(2) === 0 ? -0 : 0)),
  'infinities among numbers': drawn(() => 1 / (random.integer(5) - 2)),
  rising: Float64Array.from({ length: count }, (_, i) => i >> 1),
  'rising but for the last': Float64Array.from({ length: count }, (_, i) => i % (count - 1)),
  falling: Float64Array.from({ length: count }, (_, i) => -i),
}

/** By comparison: equal values keep their order. */
function referenceOrder(values: Float64Array): number[] {
  return [...values.keys()].sort((i, j) => Math.sign((values[i] ?? 0) - (values[j] ?? 0) || 0) || i - j)
}

describe('sortWithOrder', () => {
  it.each(Object.entries(laws))('sorts %s and keeps the order of equal values', (_, values) => {
    const { sorted, order } = sortWithOrder(values)
    expect([...order]).toEqual(referenceOrder(values))
    expect(sorted).toEqual(Float64Array.from(order, (i) => values[i] ?? Number.NaN))
    expect(sortedCopy(values).every((value, i) => value === sorted[i])).toBe(true)
  })

  it('sorts like the language does, any double, infinities included, whatever the length', () => {
    fc.assert(
      fc.property(fc.float64Array({ noNaN: true, maxLength: 1500, size: 'max' }), (values) => {
        const expected = values.slice().sort()
        const { sorted, order } = sortWithOrder(values)
        expect(sorted.every((value, i) => value === expected[i])).toBe(true)
        expect(order.every((from, i) => values[from] === expected[i])).toBe(true)
      }),
      { seed: 7 },
    )
  })

  it('reads a part of a longer array', () => {
    expect([...sortWithOrder(Float64Array.of(9, 3, -1, 2, 8).subarray(1, 4)).order]).toEqual([1, 2, 0])
    expect(sortedCopy(laws['Gaussian']?.subarray(1000, 2000) ?? new Float64Array())).toEqual(
      laws['Gaussian']?.slice(1000, 2000).sort(),
    )
  })

  it('takes an empty array, and puts NaN last in their order', () => {
    expect([...sortWithOrder(new Float64Array()).order]).toEqual([])
    expect([...sortWithOrder(Float64Array.of(Number.NaN, Number.POSITIVE_INFINITY, Number.NaN, -1)).order]).toEqual([
      3, 1, 0, 2,
    ])
    for (const rising of [Float64Array.of(Number.NaN, 1, 2), Float64Array.of(1, Number.NaN, 2)])
      expect(sortedCopy(rising)).toEqual(Float64Array.of(1, 2, Number.NaN))
    const long = drawn((): number => random.normal()).fill(Number.NaN, 10, 20)
    expect([...sortWithOrder(long).order.slice(-10)]).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18, 19])
    expect(sortedCopy(long).slice(0, -10)).toEqual(Float64Array.from(long.filter((x) => !Number.isNaN(x))).sort())
  })
})
