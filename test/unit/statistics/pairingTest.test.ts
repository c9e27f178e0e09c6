import { describe, expect, it } from 'vitest'
import { createRandomGenerator } from '#core/random/randomGenerator.ts'
import { pairingTest } from '#core/statistics/pairingTest.ts'
import { rhatScatter } from '#core/statistics/rhatScatter.ts'

const onTheLine = (places: readonly number[]) => places.map((a) => places.map((b) => Math.abs(a - b)))

describe('pairingTest', () => {
  it.each([
    [2, 1 / 3],
    [3, 1 / 15],
    [4, 1 / 105],
    [5, 1 / 945],
    [6, 1 / 2000],
  ])('reaches the smallest p with %i separated pairs', (pairCount, smallestP) => {
    const places = Array.from({ length: 2 * pairCount }, (_, i) => 100 * 2 ** (i >> 1) + (i & 1))
    expect(pairingTest(onTheLine(places), 1)).toMatchObject({ p: smallestP, smallestP, within: 1 })
  })

  it('has the mean distances of three pairs, by hand', () => {
    const { within, between } = pairingTest(onTheLine([0, 1, 10, 12, 20, 20]), 1)
    expect(within).toBeCloseTo(1, 12)
    expect(between).toBeCloseTo((10 + 12 + 9 + 11 + 2 * (20 + 19 + 10 + 8)) / 12, 12)
  })

  it('is p = 1 when every item is as far from every other', () => {
    const places = Array.from({ length: 8 }, (_, i) => Array.from({ length: 8 }, (__, j) => (i === j ? 0 : 1)))
    expect(pairingTest(places, 1).p).toBe(1)
  })

  it('rejects 5 % of samples of one law at 5 %, within 4 standard errors', () => {
    const random = createRandomGenerator(5)
    const repetitions = 1000
    const rejections = Array.from({ length: repetitions }, () => {
      const { p } = pairingTest(onTheLine(Array.from({ length: 8 }, () => random.normal())), 1)
      return p <= 0.05
    }).filter(Boolean).length
    const level = 5 / 105
    expect(Math.abs(rejections / repetitions - level)).toBeLessThan(4 * Math.sqrt((level * (1 - level)) / repetitions))
  })

  it('says nothing about one pair, or a distance that is not finite', () => {
    expect(pairingTest(onTheLine([0, 1]), 1).p).toBeNaN()
    expect(pairingTest(onTheLine([0, 1, Number.NaN, 2]), 1).p).toBeNaN()
  })
})

describe('rhatScatter', () => {
  it('has the quantile of χ²(7) at 99 %, 18.475, within 0.5 %', () => {
    const quantile = (rhatScatter(4, [{ length: 500, effectiveSampleSize: 25 }], 0.01) ** 2 - 1 + 1 / 500) * 24 * 7
    expect(Math.abs(quantile / 18.475 - 1)).toBeLessThan(0.005)
  })

  it('falls to 1 as the runs grow', () => {
    expect(rhatScatter(4, [{ length: 1e9, effectiveSampleSize: 1e9 }], 0.01)).toBeCloseTo(1, 6)
  })

  it('of two forms of one memory is that of one at half the level, of two unlike ones that of the slower at the whole level', () => {
    const [slow, fast] = [
      { length: 1000, effectiveSampleSize: 30 },
      { length: 1000, effectiveSampleSize: 300 },
    ]
    expect(rhatScatter(4, [slow, slow], 0.05)).toBeCloseTo(rhatScatter(4, [slow], 0.025), 9)
    expect(rhatScatter(4, [slow, fast], 0.05)).toBeCloseTo(rhatScatter(4, [slow], 0.05), 9)
    expect(rhatScatter(4, [slow, { length: 1000, effectiveSampleSize: 1 }], 0.05)).toBeNaN()
  })
})
