import { describe, expect, it } from 'vitest'
import { createRandomGenerator } from '#core/random/randomGenerator.ts'
import { autocovariance } from '#core/statistics/autocovariance.ts'
import { longRunVariance } from '#core/statistics/neweyWest.ts'

const random = createRandomGenerator(3)

/** The definition, term by term. */
function byDefinition(values: Float64Array, lag: number): number {
  const centre = values.reduce((sum, value) => sum + value, 0) / values.length
  return (
    values.subarray(lag).reduce((sum, value, t) => sum + (value - centre) * ((values[t] ?? 0) - centre), 0) /
    values.length
  )
}

function drifting(count: number): Float64Array {
  let value = 40
  return Float64Array.from({ length: count }, () => (value = 0.9 * value + random.normal()))
}

const lengths = [1, 2, 3, 7, 8, 9, 16, 31, 64, 65, 127, 300, 1024, 1500]

describe('autocovariance', () => {
  it.each(lengths)('of %i values is its definition at every lag, whatever number of lags is asked for', (count) => {
    const values = drifting(count)
    for (const maxLag of [0, 1, 7, 8, 9, 15, 16, 63, 64, 127, 500, count - 1, count, 2 * count]) {
      const covariance = autocovariance(values, maxLag)
      expect(covariance.length).toBe(Math.min(maxLag, count - 1) + 1)
      const scale = Math.max(byDefinition(values, 0), Number.MIN_VALUE)
      covariance.forEach((value, lag) =>
        expect(Math.abs(value - byDefinition(values, lag)) / scale).toBeLessThan(1e-12),
      )
    }
  })

  it('is NaN at every lag when a value is not finite', () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY])
      for (const maxLag of [3, 30])
        expect(autocovariance(drifting(200).fill(bad, 77, 78), maxLag).every(Number.isNaN)).toBe(true)
  })
})

describe('longRunVariance', () => {
  it.each(lengths)('of %i values is the Bartlett sum of autocovariances, also for lags beyond the end', (count) => {
    const values = drifting(count)
    for (const lag of [0, 1, 5, 40, count - 1, count, count + 9]) {
      let sum = byDefinition(values, 0)
      for (let k = 1; k <= Math.min(lag, count - 1); k += 1) sum += 2 * (1 - k / (lag + 1)) * byDefinition(values, k)
      expect(Math.abs(longRunVariance(values, lag) - sum)).toBeLessThanOrEqual(1e-11 * byDefinition(values, 0))
    }
  })

  it('is NaN for an empty series and for one that is not finite', () => {
    expect(longRunVariance(new Float64Array(), 3)).toBeNaN()
    expect(longRunVariance(drifting(50).fill(Number.NEGATIVE_INFINITY, 9, 10), 3)).toBeNaN()
  })
})
