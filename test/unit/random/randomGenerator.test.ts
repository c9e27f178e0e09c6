import { describe, expect, it } from 'vitest'
import { createRandomGenerator, shuffle, xoshiro128 } from '#core/random/randomGenerator.ts'
import { mean, variance } from '#core/statistics/moments.ts'

describe('xoshiro128**', () => {
  it('gives the published sequence for the state 1, 2, 3, 4', () => {
    const next = xoshiro128([1, 2, 3, 4])
    expect([next(), next(), next(), next()]).toEqual([11520, 0, 5927040, 70819200])
  })
})

describe('createRandomGenerator', () => {
  it('repeats with the seed and differs without', () => {
    const draw = (seed: number) => Array.from({ length: 5 }, createRandomGenerator(seed).uniform)
    expect(draw(7)).toEqual(draw(7))
    expect(draw(7)).not.toEqual(draw(8))
    expect(draw(0).every((value) => value >= 0 && value < 1)).toBe(true)
  })

  it('has standard normal moments', () => {
    const random = createRandomGenerator(3)
    const values = Float64Array.from({ length: 100_000 }, () => random.normal())
    expect(Math.abs(mean(values))).toBeLessThan(4 / Math.sqrt(1e5))
    expect(Math.abs(variance(values) - 1)).toBeLessThan(4 * Math.sqrt(2 / 1e5))
  })

  it('shuffles: every value once, every place equally likely', () => {
    const random = createRandomGenerator(4)
    const firsts = new Float64Array(5)
    for (let i = 0; i < 5000; i += 1) {
      const values = Int32Array.of(0, 1, 2, 3, 4)
      shuffle(values, random)
      expect(values.toSorted()).toEqual(Int32Array.of(0, 1, 2, 3, 4))
      const first = values[0] ?? -1
      firsts[first] = (firsts[first] ?? 0) + 1
    }
    expect(firsts.every((count) => Math.abs(count - 1000) < 4 * Math.sqrt(800))).toBe(true)
  })
})
