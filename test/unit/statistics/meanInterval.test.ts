import { describe, expect, it } from 'vitest'
import { autoregression } from '#calibration/nullSeries.ts'
import { createRandomGenerator } from '#core/random/randomGenerator.ts'
import { conservativeAutocorrelationTime } from '#core/statistics/autocorrelationTime.ts'
import { batchMeansInterval, type BatchMeansInterval } from '#core/statistics/batchMeans.ts'
import { meanInterval } from '#core/statistics/meanInterval.ts'
import { skewness } from '#core/statistics/moments.ts'

const series = (n: number, phi: number, seed: number) => autoregression(n, phi, createRandomGenerator(seed))
const squares = (n: number, phi: number, seed: number) => series(n, phi, seed).map((value) => value * value)
const reach = ({ mean, low, high, standardError }: BatchMeansInterval) => ({
  below: (mean - low) / standardError,
  above: (high - mean) / standardError,
})

describe('meanInterval', () => {
  it('is that of 20 batch means for a long symmetric series', () => {
    const values = series(8000, 0.5, 1)
    const [own, plain] = [meanInterval(values), batchMeansInterval(values)]
    expect(own).toMatchObject({ batchCount: 20, batchLength: 400, mean: plain.mean })
    expect(reach(own).below / reach(plain).below).toBeCloseTo(1, 1)
    expect(reach(own).above / reach(plain).above).toBeCloseTo(1, 1)
  })

  it('has batches of at least 5(τ − 1/τ) points, between 10 and 20 of them', () => {
    const values = series(1000, 0.9, 2)
    const time = conservativeAutocorrelationTime(values)
    const { batchCount, batchLength } = meanInterval(values)
    expect(batchCount).toBeLessThan(20)
    expect(batchLength).toBeGreaterThanOrEqual(5 * (time - 1 / time))
    expect(meanInterval(series(200, 0.99, 3)).batchCount).toBe(10)
    expect(meanInterval(series(40, 0, 4)).batchCount).toBeGreaterThan(10)
  })

  it('reaches further on the side of the longer tail, and mirrors with the values', () => {
    const values = squares(500, 0.9, 5)
    const [up, down] = [meanInterval(values), meanInterval(values.map((value) => 3 - 2 * value))]
    expect(skewness(values)).toBeGreaterThan(1)
    expect(reach(up).above).toBeGreaterThan(1.1 * reach(up).below)
    expect(down.low).toBeCloseTo(3 - 2 * up.high, 9)
    expect(down.high).toBeCloseTo(3 - 2 * up.low, 9)
  })

  it('has Hall’s end: his transformation of it is minus the quantile of t', () => {
    const values = squares(2000, 0.9, 6)
    const interval = meanInterval(values)
    const kappa = (1.5 * skewness(values)) / Math.sqrt(2000 / conservativeAutocorrelationTime(values))
    const t = -reach(interval).above
    const transformed = t + (kappa * t ** 2) / 3 + (kappa ** 2 * t ** 3) / 27 + kappa / 6
    expect(transformed).toBeCloseTo(-reach(interval).below, 9)
  })

  it('averages a long slow series over stretches and finds nearly the same memory', () => {
    const values = series(100_000, 0.9985, 8)
    const time = conservativeAutocorrelationTime(values)
    const { batchCount } = meanInterval(values)
    const wanted = 100_000 / (5 * time)
    expect(wanted).toBeGreaterThan(11)
    expect(wanted).toBeLessThan(19)
    expect(Math.abs(batchCount - wanted)).toBeLessThan(1.2)
  })

  describe('of skewed series of about 50 effective samples', () => {
    const mean = 1 / (1 - 0.9 ** 2)
    const judged = Array.from({ length: 1200 }, (_, i) => squares(500, 0.9, 1000 + i))
      .map((values) => ({ values, size: 500 / conservativeAutocorrelationTime(values) }))
      .filter(({ size }) => size >= 50)
    const share = (of: (values: Float64Array) => BatchMeansInterval, among = judged) =>
      among.map(({ values }) => of(values)).filter(({ low, high }) => low <= mean && mean <= high).length / among.length
    const plain = (values: Float64Array) => batchMeansInterval(values)

    it('covers the mean, where 20 batch means cover too seldom', () => {
      expect(judged.length).toBeGreaterThan(600)
      // Four standard errors around 92 %.
      expect(share((values) => meanInterval(values))).toBeGreaterThan(
        0.92 - 4 * Math.sqrt((0.08 * 0.92) / judged.length),
      )
      expect(share(plain)).toBeLessThan(0.9)
    })

    it('is not replaced by Cochran’s rule, which picks those that cover even less', () => {
      const picked = judged.filter(({ values, size }) => size >= 25 * skewness(values) ** 2)
      expect(picked.length).toBeGreaterThan(40)
      expect(share(plain, picked)).toBeLessThan(share(plain) - 0.05)
    })
  })

  it('has no interval for one value, and none of any width for a constant', () => {
    expect(meanInterval(Float64Array.of(3))).toMatchObject({ mean: 3, low: Number.NaN, high: Number.NaN })
    expect(meanInterval(new Float64Array(100).fill(3))).toMatchObject({ mean: 3, low: 3, high: 3 })
    expect(meanInterval(new Float64Array(0)).mean).toBeNaN()
  })
})
