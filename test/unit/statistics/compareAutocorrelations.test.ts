import { describe, expect, it } from 'vitest'
import { createRandomGenerator } from '#core/random/randomGenerator.ts'
import { autocorrelationTimeEstimates, conservativeAutocorrelationTime } from '#core/statistics/autocorrelationTime.ts'
import { compareAutocorrelations } from '#core/statistics/compareAutocorrelations.ts'
import { mean, standardDeviation } from '#core/statistics/moments.ts'

/** AR(1) of unit variance whose coefficient changes in the middle. */
function autoregression(count: number, [before, after]: readonly [number, number], seed: number): Float64Array {
  const random = createRandomGenerator(seed)
  let x = random.normal()
  return Float64Array.from({ length: count }, (_, i) => {
    const phi = i < count / 2 ? before : after
    x = phi * x + Math.sqrt(1 - phi * phi) * random.normal()
    return x
  })
}

const compare = (values: Float64Array) =>
  compareAutocorrelations(values, conservativeAutocorrelationTime(values), { seed: 1, fewestBlocks: 20 })

describe('autocorrelation of both halves', () => {
  it.each([
    [0, 1500],
    [0.5, 2500],
    [0.9, 8000],
    [-0.5, 1500],
  ])(
    'φ = %d: differs at the 5 percent level in 5 percent of 200 stationary records of %d points, within four standard errors',
    (phi, count) => {
      const p = Array.from({ length: 200 }, (_, seed) => compare(autoregression(count, [phi, phi], seed + 1))?.p ?? 1)
      const rejected = p.filter((value) => value < 0.05).length
      expect(rejected).toBeGreaterThan(0)
      expect(rejected).toBeLessThanOrEqual(10 + 4 * Math.sqrt(200 * 0.05 * 0.95))
    },
    60_000,
  )

  it('is the same in both halves of a cycle, with p = 1', () => {
    const cycle = Float64Array.from({ length: 300 }, (_, t) => (t % 2 === 0 ? 0.8 : 1.1))
    const comparison = compareAutocorrelations(cycle, 1, { seed: 1, fewestBlocks: 20 })
    expect([comparison?.largest, comparison?.p]).toEqual([0, 1])
  })

  it('differs in at least 19 of 20 records whose φ goes from 0.5 to 0.7', () => {
    const p = Array.from({ length: 20 }, (_, seed) => compare(autoregression(4000, [0.5, 0.7], seed + 1))?.p ?? 1)
    expect(p.filter((value) => value < 0.01).length).toBeGreaterThanOrEqual(19)
  })

  it('has the exact φ^ℓ within its own band at least nine times in ten', () => {
    const inside = Array.from({ length: 40 }, (_, seed) => {
      const result = compare(autoregression(6000, [0.8, 0.8], seed + 1))
      return (result?.lags ?? []).map(
        (lag, i) => Math.abs((result?.first[i] ?? Number.NaN) - 0.8 ** lag) <= (result?.halfWidths[i] ?? Number.NaN),
      )
    }).flat()
    expect(inside.filter(Boolean).length).toBeGreaterThan(0.9 * inside.length)
  })

  it('is not compared with too few blocks', () => {
    expect(compare(autoregression(200, [0.9, 0.9], 1))).toBeUndefined()
  })
})

describe('standard error of the autocorrelation time', () => {
  it.each([0, 0.5, 0.9])('φ = %d: is the scatter of 200 estimates within two fifths', (phi) => {
    const runs = Array.from({ length: 200 }, (_, seed) =>
      autocorrelationTimeEstimates(autoregression(4000, [phi, phi], seed + 1)),
    )
    for (const k of [0, 1, 2]) {
      const times = Float64Array.from(runs, (run) => run[k]?.time ?? Number.NaN)
      const claimed = mean(Float64Array.from(runs, (run) => run[k]?.relativeError ?? Number.NaN))
      const ratio = standardDeviation(times) / mean(times) / claimed
      expect(ratio).toBeGreaterThan(0.6)
      expect(ratio).toBeLessThan(1.4)
    }
  })
})
