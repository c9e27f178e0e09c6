import { describe, expect, it } from 'vitest'
import { createRandomGenerator } from '#core/random/randomGenerator.ts'
import { conservativeAutocorrelationTime } from '#core/statistics/autocorrelationTime.ts'
import { findLevelShift } from '#core/statistics/levelShift.ts'
import { standardDeviation } from '#core/statistics/moments.ts'

const repetitions = 200
const n = 4000

/** x_t = φ x_{t−1} + ε_t from its stationary law (φ = 1: a walk from 0), of deviation 1 (the walk's steps have it), and a jump at 40 % of the series. */
function series(seed: number, { phi, jump, length = n }: { phi: number; jump: number; length?: number }): Float64Array {
  const random = createRandomGenerator(seed)
  const innovation = phi < 1 ? Math.sqrt(1 - phi * phi) : 1
  let value = phi < 1 ? random.normal() : 0
  return Float64Array.from({ length }, (_, t) => {
    value = phi * value + innovation * random.normal()
    return value + (t >= 0.4 * length ? jump : 0)
  })
}

/** A random walk of deviation 1 over its record, under white noise: nothing jumps, though a level or two describe it well. */
function wanderingUnderNoise(seed: number, { noise, length }: { noise: number; length: number }): Float64Array {
  const walk = series(seed, { phi: 1, jump: 0, length })
  const scale = standardDeviation(walk)
  const random = createRandomGenerator(1000 + seed)
  return walk.map((value) => value / scale + noise * random.normal())
}

const seeds = Array.from({ length: repetitions }, (_, i) => i + 1)

describe('findLevelShift', () => {
  it.each([
    { phi: 0, jump: 2 },
    { phi: 0.5, jump: 2 },
    { phi: 0.9, jump: 3 },
  ])('finds a jump of $jump standard deviations where it is (φ = $phi)', (law) => {
    const found = seeds.map((seed) => findLevelShift(series(seed, law)))
    const near = found.filter((shift) => shift !== null && Math.abs(shift.index - 0.4 * n) <= 0.01 * n)
    expect(near.length).toBeGreaterThanOrEqual(0.95 * repetitions)
  })

  it('gives the levels and the memory about them', () => {
    const shift = findLevelShift(series(1, { phi: 0.5, jump: -3 }))
    // Standard errors: of a mean √(τ/n) with τ = 3 and 1600 or 2400 values; τ itself within 25 %.
    expect(Math.abs(shift?.before ?? Number.NaN)).toBeLessThan(4 * Math.sqrt(3 / 1600))
    expect(Math.abs((shift?.after ?? Number.NaN) + 3)).toBeLessThan(4 * Math.sqrt(3 / 2400))
    expect(Math.abs((shift?.autocorrelationTime ?? Number.NaN) / 3 - 1)).toBeLessThan(0.25)
  })

  it.each([
    { phi: 0.9, length: 500 },
    { phi: 0.99, length: 500 },
    { phi: 0.999, length: 500 },
    { phi: 1, length: 500 },
    { phi: 0.97, length: n },
    { phi: 0.99, length: n },
    { phi: 0.999, length: n },
    { phi: 1, length: n },
  ])('rarely sees one in $length values of a series that has none (φ = $phi)', ({ phi, length }) => {
    const shifts = seeds.flatMap((seed) => {
      const values = series(seed, { phi, jump: 0, length })
      const shift = findLevelShift(values)
      return shift
        ? [{ without: length / shift.autocorrelationTime, size: length / conservativeAutocorrelationTime(values) }]
        : []
    })
    expect(shifts.length).toBeLessThanOrEqual(0.05 * repetitions)
    expect(shifts.filter(({ without, size }) => size < 50 && without >= Math.max(50, 4 * size))).toEqual([])
  })

  it.each([
    { noise: 2, length: 500 },
    { noise: 2, length: 2000 },
    { noise: 1, length: 500 },
    { noise: 1, length: 2000 },
  ])('rarely sees one in $length values that wander under noise of $noise deviations', (law) => {
    const told = seeds.filter((seed) => {
      const values = wanderingUnderNoise(seed, law)
      const shift = findLevelShift(values)
      const size = law.length / conservativeAutocorrelationTime(values)
      return shift !== null && size < 50 && law.length / shift.autocorrelationTime >= Math.max(50, 4 * size)
    })
    expect(told.length).toBeLessThanOrEqual(0.05 * repetitions)
  })

  it('does not take a slope, a decay or a wave for a jump', () => {
    const noise = series(7, { phi: 0.5, jump: 0 })
    const shapes: ((share: number) => number)[] = [
      (share) => 6 * share,
      (share) => 8 * Math.exp(-8 * share),
      (share) => 2 * Math.sin(3 * Math.PI * share),
    ]
    for (const shape of shapes)
      for (const loudness of [1, 0])
        expect(findLevelShift(noise.map((value, t) => loudness * value + shape(t / n)))).toBeNull()
    // Gradient descent at several rates, without any noise.
    for (const rate of [0.001, 0.01, 0.02, 0.05, 0.1])
      expect(findLevelShift(Float64Array.from({ length: 1000 }, (_, t) => Math.exp(-rate * t)))).toBeNull()
  })

  it('does not change with scale and shift, and turns with the sign', () => {
    const values = series(3, { phi: 0.5, jump: 2 })
    const shift = findLevelShift(values)
    const other = findLevelShift(values.map((value) => 5 - 4 * value))
    expect(other?.index).toBe(shift?.index)
    expect(other?.after).toBeCloseTo(5 - 4 * (shift?.after ?? Number.NaN), 10)
    expect(other?.autocorrelationTime).toBeCloseTo(shift?.autocorrelationTime ?? Number.NaN, 8)
  })

  it('has nothing to say of constant and of short series', () => {
    expect(findLevelShift(new Float64Array(100).fill(0.1))).toBeNull()
    expect(findLevelShift(Float64Array.from({ length: 39 }, (_, t) => (t < 20 ? 0 : 1)))).toBeNull()
  })

  it('finds the jump of two constants, about which nothing varies', () => {
    const shift = findLevelShift(Float64Array.from({ length: 100 }, (_, t) => (t < 50 ? 1 : 2)))
    expect(shift).toMatchObject({ index: 50, before: 1, after: 2 })
    expect(shift?.autocorrelationTime).toBeNaN()
  })
})
