import { describe, expect, it } from 'vitest'
import { createRandomGenerator } from '#core/random/randomGenerator.ts'
import { hillCurve } from '#core/statistics/hillCurve.ts'
import { hillTailIndex } from '#core/statistics/tailIndex.ts'

const random = createRandomGenerator(4)
const pareto = Float64Array.from(
  { length: 20_000 },
  () => (1 - random.uniform()) ** (-1 / 3) * (random.uniform() < 0.5 ? -1 : 1),
)

describe('Hill plot', () => {
  it('is level at the exponent of a symmetric Pareto law, within four standard errors', () => {
    const { counts, exponents } = hillCurve([pareto])
    counts.forEach((k, i) => expect(Math.abs((exponents[i] ?? 0) / 3 - 1)).toBeLessThan(4 / Math.sqrt(k) + 0.05))
  })

  it('falls all the way for a Gaussian', () => {
    const { exponents } = hillCurve([Float64Array.from({ length: 20_000 }, () => random.normal())])
    expect(exponents[0] ?? 0).toBeGreaterThan(2 * (exponents.at(-1) ?? 0))
  })

  it('has the points of the Hill estimator, whatever the location and scale', () => {
    const [shifted, scaled] = [pareto.map((x) => x + 7), pareto.map((x) => 1e-6 * x)]
    const centre = pareto.reduce((sum, x) => sum + x, 0) / pareto.length
    const { counts, exponents } = hillCurve([pareto])
    counts.forEach((k, i) =>
      expect(exponents[i]).toBeCloseTo(
        hillTailIndex(
          pareto.map((x) => x - centre),
          k,
        ),
        9,
      ),
    )
    hillCurve([shifted, scaled]).exponents.forEach((value, i) => expect(value).toBeCloseTo(exponents[i] ?? 0, 6))
  })

  it('has no points of few values, and none where zeros are among the largest', () => {
    expect(hillCurve([pareto.subarray(0, 99)]).counts).toEqual([])
    const sparse = Float64Array.from({ length: 1000 }, (_, i) => (i % 100 === 0 ? (i % 200 === 0 ? 1 : -1) : 0))
    expect(hillCurve([sparse]).exponents.at(-1)).toBeNaN()
  })
})
