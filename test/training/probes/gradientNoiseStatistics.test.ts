import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createRandomStream } from '#core/random/randomStream.ts'
import { gradientNoiseStatistics } from '#engine/training/probes/gradientNoiseStatistics.ts'

const fixture = new URL('../../fixtures/reference/q11_gradient_samples.csv', import.meta.url)

describe('gradientNoiseStatistics', () => {
  it('gives the reference value of the U-statistic on q11', () => {
    const rows = readFileSync(fixture, 'utf8').trim().split('\n').slice(1)
    const statistics = gradientNoiseStatistics(rows.map((row) => Float64Array.from(row.split(',').map(Number))))
    expect(statistics.gradientNormSquared).toBeCloseTo(2.459017, 5)
    // The exact standard error of this law is 0.6171.
    expect(statistics.gradientNormSquaredStandardError).toBeGreaterThan(0.4)
    expect(statistics.gradientNormSquaredStandardError).toBeLessThan(0.85)
  })

  it('is unbiased where the naive estimate is not, with honest standard errors', () => {
    const mean = [1, -0.5, 0.25, 0]
    const m = 6
    const repeats = 4000
    const random = createRandomStream(3, 'u-statistic')
    const results = Array.from({ length: repeats }, () =>
      gradientNoiseStatistics(
        Array.from({ length: m }, () => Float64Array.from(mean, (centre) => centre + 2 * random.normal())),
      ),
    )
    const average = (pick: (result: (typeof results)[number]) => number) =>
      results.reduce((sum, result) => sum + pick(result), 0) / repeats
    const spread = (pick: (result: (typeof results)[number]) => number) =>
      Math.sqrt(average((result) => pick(result) ** 2) - average(pick) ** 2)
    const gap = (result: (typeof results)[number]) => result.gradientNormSquared
    const trace = (result: (typeof results)[number]) => result.noiseTrace
    expect(Math.abs(average(gap) - 1.3125)).toBeLessThan((4 * spread(gap)) / Math.sqrt(repeats))
    expect(Math.abs(average(trace) - 16)).toBeLessThan((4 * spread(trace)) / Math.sqrt(repeats))
    const rootMeanSquareError = Math.sqrt(average((result) => result.gradientNormSquaredStandardError ** 2))
    expect(rootMeanSquareError / spread(gap)).toBeGreaterThan(0.95)
    expect(rootMeanSquareError / spread(gap)).toBeLessThan(1.5)
    expect(results.some((result) => result.gradientNormSquared < 0)).toBe(true)
  })

  it('has no standard error from two gradients, and no noise in equal ones', () => {
    const two = gradientNoiseStatistics([Float64Array.of(1, 2), Float64Array.of(1, 2)])
    expect(two.gradientNormSquared).toBe(5)
    expect(two.noiseTrace).toBe(0)
    expect(two.gradientNormSquaredStandardError).toBeNaN()
  })
})
