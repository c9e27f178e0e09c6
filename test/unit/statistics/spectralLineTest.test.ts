import { describe, expect, it } from 'vitest'
import { createRandomGenerator } from '#core/random/randomGenerator.ts'
import { spectralLineTest } from '#core/statistics/spectralLineTest.ts'

const options = { fewestPeriods: 16, seed: 1 }
const random = createRandomGenerator(23)

function redNoise(count: number, phi: number, shape: (normal: number) => number = (normal) => normal): Float64Array {
  let value = random.normal() / Math.sqrt(1 - phi * phi)
  return Float64Array.from({ length: count }, () => (value = phi * value + shape(random.normal())))
}

const withLine = (noise: Float64Array, amplitude: number, period: number) =>
  noise.map((value, t) => value + amplitude * Math.cos((2 * Math.PI * t) / period))

describe('spectralLineTest', () => {
  const repetitions = 300
  it.each([
    ['white noise', 0, 512],
    ['slow red noise', 0.9, 600],
    ['alternating noise', -0.8, 1024],
  ])('rejects %s at the 5 percent level in 5 percent of 300 records, within four standard errors', (_, phi, count) => {
    let rejected = 0
    for (let i = 0; i < repetitions; i += 1)
      if (spectralLineTest(redNoise(count, phi), { ...options, seed: i }).p <= 0.05) rejected += 1
    expect(Math.abs(rejected / repetitions - 0.05)).toBeLessThan(4 * Math.sqrt((0.05 * 0.95) / repetitions))
  })

  it('keeps its level with heavy-tailed innovations, which have no Gaussian ordinates', () => {
    let rejected = 0
    for (let i = 0; i < repetitions; i += 1) {
      const series = redNoise(512, 0.5, (normal) => normal ** 3)
      if (spectralLineTest(series, { ...options, seed: i }).p <= 0.05) rejected += 1
    }
    expect(Math.abs(rejected / repetitions - 0.05)).toBeLessThan(4 * Math.sqrt((0.05 * 0.95) / repetitions))
  })

  it.each([2, 7.3, 31])('finds a line of period %f that holds a tenth of the variance, at its frequency', (period) => {
    const amplitude = period === 2 ? Math.sqrt(0.1) : Math.sqrt(0.2)
    const { p, frequency, excess } = spectralLineTest(withLine(redNoise(1024, 0), amplitude, period), options)
    expect(p).toBe(1 / 200)
    expect(Math.abs(frequency - 1 / period)).toBeLessThan(1 / 1024)
    expect(excess).toBeGreaterThan(10)
  })

  it('sees nothing beside an alternation with a little noise but the alternation', () => {
    const series = redNoise(4096, 0).map((value, t) => 1e-2 * value + (-1) ** t)
    const { p, frequency, background } = spectralLineTest(series, options)
    expect([p, frequency]).toEqual([1 / 200, 1 / 2])
    expect(Math.abs(background)).toBeLessThan(0.1)
  })

  it('does not depend on scale, shift or a linear trend', () => {
    const series = withLine(redNoise(700, 0.6), 0.3, 9)
    const plain = spectralLineTest(series, options)
    const changed = spectralLineTest(
      series.map((value, t) => 1e6 * value - 4e7 + 300 * t),
      options,
    )
    expect(changed.p).toBe(plain.p)
    expect(changed.excess).toBeCloseTo(plain.excess, 6)
  })

  it('gives an alternation without noise the smallest p', () => {
    const { p, frequency } = spectralLineTest(
      Float64Array.from({ length: 200 }, (_, t) => 3 + (-1) ** t),
      options,
    )
    expect([p, frequency]).toEqual([1 / 200, 1 / 2])
  })

  it('has no answer for few points, a constant, and values that are not finite', () => {
    const noise = redNoise(200, 0)
    for (const series of [noise.subarray(0, 63), new Float64Array(200).fill(0.1), noise.with(50, Number.NaN)])
      expect(spectralLineTest(series, options).p).toBeNaN()
  })
})
