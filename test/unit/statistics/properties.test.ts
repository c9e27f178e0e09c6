import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { augmentedDickeyFuller } from '#core/statistics/augmentedDickeyFuller.ts'
import { autocorrelation, autocovariance } from '#core/statistics/autocovariance.ts'
import {
  batchMeansAutocorrelationTime,
  geyerAutocorrelationTime,
  sokalAutocorrelationTime,
} from '#core/statistics/autocorrelationTime.ts'
import { batchMeansInterval } from '#core/statistics/batchMeans.ts'
import { blockPermutationTest } from '#core/statistics/blockPermutationTest.ts'
import {
  distancesOfSorted,
  energyDistance,
  kolmogorovSmirnovDistance,
  wasserstein1,
  wassersteinP,
} from '#core/statistics/distances.ts'
import { holmAdjusted } from '#core/statistics/holm.ts'
import { kpss } from '#core/statistics/kpss.ts'
import { isConstant, mean, quantileOfSorted, standardDeviation, variance } from '#core/statistics/moments.ts'
import { neweyWestTrend } from '#core/statistics/neweyWest.ts'
import { periodogram } from '#core/statistics/periodogram.ts'
import { seriesStatistics } from '#core/statistics/seriesStatistics.ts'
import { slopeByBatchMeans } from '#core/statistics/slopeByBatchMeans.ts'
import { rankNormalisedSplitRhat } from '#core/statistics/splitRhat.ts'
import { createRandomGenerator } from '#core/random/randomGenerator.ts'
import { readTrace } from './referenceTraces.ts'

const sample = (minLength: number, maxLength = 60) =>
  fc
    .array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength, maxLength })
    .map((values) => Float64Array.from(values))
const varied = (minLength: number) => sample(minLength).filter((values) => standardDeviation(values) > 1e-3)
const scale = fc.double({ min: 0.1, max: 10, noNaN: true })
const shift = fc.double({ min: -50, max: 50, noNaN: true })
const normals = (count: number, seed: number) => {
  const random = createRandomGenerator(seed)
  return Float64Array.from({ length: count }, () => random.normal())
}

describe('distances', () => {
  const distances = [kolmogorovSmirnovDistance, wasserstein1, energyDistance] as const

  it('are symmetric, zero on themselves, and obey the triangle inequality', () => {
    fc.assert(
      fc.property(sample(1), sample(1), sample(1), (a, b, c) => {
        for (const distance of distances) {
          expect(distance(a, b)).toBeCloseTo(distance(b, a), 8)
          expect(distance(a, a)).toBe(0)
          expect(distance(a, c)).toBeLessThanOrEqual(distance(a, b) + distance(b, c) + 1e-9)
        }
      }),
    )
  })

  it('scale as they should, and W1 of a shifted sample is the shift', () => {
    fc.assert(
      fc.property(sample(1), sample(1), scale, shift, (a, b, s, m) => {
        const move = (values: Float64Array) => values.map((value) => s * value + m)
        expect(wasserstein1(move(a), move(b))).toBeCloseTo(s * wasserstein1(a, b), 6)
        expect(energyDistance(move(a), move(b))).toBeCloseTo(Math.sqrt(s) * energyDistance(a, b), 5)
        expect(
          wasserstein1(
            a,
            a.map((value) => value + m),
          ),
        ).toBeCloseTo(Math.abs(m), 8)
        expect(
          wassersteinP(
            a,
            a.map((value) => value + m),
            2,
          ),
        ).toBeCloseTo(Math.abs(m), 8)
      }),
    )
  })

  it('are those of the distribution functions, with ties, zeros of both signs and a shift', () => {
    const share = (values: Float64Array, at: number) => values.filter((value) => value <= at).length / values.length
    const tied = fc
      .array(fc.constantFrom(-2, -1, -0, 0, 0.5, 1), { minLength: 1, maxLength: 40 })
      .map((values) => Float64Array.from(values).sort())
    fc.assert(
      fc.property(tied, tied, fc.constantFrom(0, 0.5, 0.25), (x, y, by) => {
        const moved = x.map((value) => value + by)
        const at = Float64Array.of(...moved, ...y).sort()
        const gaps = Array.from(at, (value) => Math.abs(share(moved, value) - share(y, value)))
        const integral = (power: number) =>
          gaps.reduce((sum, gap, i) => sum + gap ** power * ((at[i + 1] ?? Number.NaN) - (at[i] ?? 0) || 0), 0)
        const distance = distancesOfSorted(x, y, by)
        expect(distance.kolmogorovSmirnov).toBeCloseTo(Math.max(...gaps), 12)
        expect(distance.wasserstein1).toBeCloseTo(integral(1), 12)
        expect(distance.energy ** 2).toBeCloseTo(2 * integral(2), 12)
      }),
    )
  })

  it('of Kolmogorov and Smirnov takes infinite values as the largest and the smallest', () => {
    const infinity = Number.POSITIVE_INFINITY
    expect(kolmogorovSmirnovDistance(Float64Array.of(0, 1, infinity), Float64Array.of(0, 2))).toBeCloseTo(1 / 3, 12)
    expect(kolmogorovSmirnovDistance(Float64Array.of(-infinity, 1), Float64Array.of(0, 1))).toBe(0.5)
    expect(kolmogorovSmirnovDistance(Float64Array.of(infinity), Float64Array.of(infinity))).toBe(0)
  })

  it('agree between two formulas of W1, for unequal sizes', () => {
    fc.assert(
      fc.property(sample(1), sample(1), (a, b) => {
        expect(wassersteinP(a, b, 1)).toBeCloseTo(wasserstein1(a, b), 7)
      }),
    )
  })

  it('are NaN for an empty sample', () => {
    for (const distance of distances) expect(distance(new Float64Array(), Float64Array.of(1))).toBeNaN()
  })
})

describe('correlation', () => {
  it('does not depend on scale and shift', () => {
    fc.assert(
      fc.property(varied(8), scale, shift, (values, s, m) => {
        const moved = values.map((value) => s * value + m)
        const expected = autocorrelation(values, 5)
        autocorrelation(moved, 5).forEach((rho, lag) => expect(rho).toBeCloseTo(expected[lag] ?? Number.NaN, 6))
      }),
    )
  })

  it('is the same by transform and by direct sums', () => {
    const values = normals(500, 1)
    const transformed = autocovariance(values, 100)
    autocovariance(values, 20).forEach((value, lag) => expect(value).toBeCloseTo(transformed[lag] ?? Number.NaN, 12))
  })

  it('is about one step for independent values, NaN for constant, short and non-finite ones', () => {
    const independent = normals(20_000, 2)
    for (const time of [sokalAutocorrelationTime, geyerAutocorrelationTime]) {
      expect(time(independent)).toBeCloseTo(1, 1)
      for (const bad of [new Float64Array(100).fill(3), Float64Array.of(1), Float64Array.of(1, Number.NaN, 2, 3, 4, 5)])
        expect(time(bad)).toBeNaN()
    }
    expect(batchMeansAutocorrelationTime(new Float64Array(100).fill(3))).toBeNaN()
  })
})

describe('moments', () => {
  it('have the known values and edges', () => {
    expect(mean(Float64Array.of(1, 2, 6))).toBe(3)
    expect(variance(Float64Array.of(1, 2, 6))).toBeCloseTo(14 / 3, 12)
    expect(mean(new Float64Array())).toBeNaN()
    expect(variance(Float64Array.of(1, Number.NaN))).toBeNaN()
    expect(quantileOfSorted(Float64Array.of(1, 2, 3, 4), 0.5)).toBe(2.5)
    expect(quantileOfSorted(new Float64Array(), 0.5)).toBeNaN()
    expect(isConstant(new Float64Array(4).fill(0.1))).toBe(true)
    expect(isConstant(new Float64Array())).toBe(true)
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      expect(isConstant(Float64Array.of(1, 1, bad))).toBe(false)
      expect(isConstant(Float64Array.of(bad, bad))).toBe(false)
    }
    expect(isConstant(Float64Array.of(1e9, 1e9 + 1e-7, 1e9 - 1e-7))).toBe(true)
    expect(isConstant(Float64Array.of(1e9, 1e9, 1e9 + 1e-2))).toBe(false)
    expect(isConstant(Float64Array.of(0, 0, 5e-324))).toBe(false)
    expect(isConstant(Float64Array.of(1, 1 + 1e-9))).toBe(false)
  })
})

describe('intervals and trends', () => {
  it('cover the mean of independent normals about 95 times in 100', () => {
    const hits = Array.from({ length: 400 }, (_, i) => batchMeansInterval(normals(400, 100 + i))).filter(
      ({ low, high }) => low < 0 && high > 0,
    )
    expect(hits.length / 400).toBeGreaterThan(0.92)
    expect(hits.length / 400).toBeLessThan(0.98)
  })

  it('cut batches of length ⌊√n⌋ when asked', () => {
    expect(batchMeansInterval(normals(3800, 1), 'sqrt')).toMatchObject({ batchLength: 61, batchCount: 62 })
    expect(batchMeansInterval(normals(8000, 1))).toMatchObject({ batchLength: 400, batchCount: 20 })
  })

  it('find an exact line, and say nothing about too short a series', () => {
    const line = Float64Array.from({ length: 200 }, (_, t) => 3 + 0.5 * t)
    expect(slopeByBatchMeans(line).slope).toBeCloseTo(0.5, 12)
    expect(slopeByBatchMeans(line).p).toBeLessThan(1e-9)
    expect(slopeByBatchMeans(line.subarray(0, 30)).p).toBeNaN()
  })

  it('interpolate the p of KPSS between the published bounds', () => {
    expect(kpss(normals(1000, 3), 5).p).toBe(0.1)
    expect(
      kpss(
        Float64Array.from({ length: 1000 }, (_, t) => t),
        5,
      ).p,
    ).toBe(0.01)
    expect(kpss(new Float64Array(50).fill(2), 5).statistic).toBeNaN()
  })
})

describe('several tests', () => {
  it('are corrected by Holm, monotone, never below the raw p', () => {
    expect(holmAdjusted([0.01, 0.04, 0.03])).toEqual([0.03, 0.06, 0.06])
    expect(holmAdjusted([Number.NaN, 0.02])).toEqual([Number.NaN, 0.02])
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 }), (ps) =>
        holmAdjusted(ps).every((p, i) => p >= (ps[i] ?? 1) && p <= 1),
      ),
    )
  })

  it('keep the level of the block permutation on independent values', () => {
    const ps = Array.from(
      { length: 200 },
      (_, i) => blockPermutationTest([normals(400, 500 + i)], 4, { permutationCount: 99, seed: i }).p,
    )
    const alarms = ps.filter((p) => p <= 0.05).length
    expect(alarms).toBeGreaterThanOrEqual(2)
    expect(alarms).toBeLessThanOrEqual(20)
  })

  it.each([
    ['exactly', 0],
    ['up to rounding', 4 * Number.EPSILON],
  ])('say p = 1 of halves that are equal %s', (_, rounding) => {
    // A cycle of period 2, in blocks of even length; the second half is larger by the last places only.
    const cycle = Float64Array.from(
      { length: 306 },
      (__, t) => (t % 2 === 0 ? 0.8 : 1.1) * (t < 153 ? 1 : 1 + rounding),
    )
    for (const length of [4, 6, 7, 14])
      expect(blockPermutationTest([cycle], length, { permutationCount: 199, seed: 1 }).p).toBe(1)
    expect(blockPermutationTest([cycle, cycle], 14, { permutationCount: 199, seed: 1 }).p).toBe(1)
  })

  it('see a shift of one standard deviation, and nothing in a series of three blocks', () => {
    const shifted = normals(400, 9).map((value, t) => value + (t < 200 ? 0 : 1))
    expect(blockPermutationTest([shifted], 4, { permutationCount: 199, seed: 1 }).p).toBeCloseTo(1 / 200, 10)
    expect(blockPermutationTest([normals(12, 1)], 4, { permutationCount: 99, seed: 1 }).p).toBeNaN()
  })
})

describe('R̂', () => {
  it('tends to 1 for chains of one law and is large for separate ones', () => {
    const chains = [1, 2, 3, 4].map((seed) => normals(2000, seed))
    expect(rankNormalisedSplitRhat(chains)).toBeLessThan(1.01)
    expect(rankNormalisedSplitRhat(chains.map((chain, i) => chain.map((value) => value + 4 * i)))).toBeGreaterThan(1.5)
    expect(rankNormalisedSplitRhat([new Float64Array(10).fill(1), new Float64Array(10).fill(1)])).toBeNaN()
  })
})

describe('periodogram', () => {
  it('puts an alternation at frequency one half', () => {
    const { frequencies, shares } = periodogram(Float64Array.from({ length: 512 }, (_, t) => (-1) ** t))
    expect(frequencies.at(-1)).toBe(0.5)
    expect(shares.at(-1)).toBeCloseTo(1, 3)
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 10)
  })

  it('is empty for a few points', () => {
    expect(periodogram(normals(7, 1)).shares).toHaveLength(0)
  })
})

describe('seriesStatistics', () => {
  it.each([2 ** 990, 2 ** -990])('is the same in units of %d, whose square no double holds', (unit) => {
    const values = normals(500, 8).map((value, i) => value + 3 + Math.sin(i / 9))
    const plain = seriesStatistics(values)
    const scaled = seriesStatistics(values.map((value) => value * unit))
    expect(scaled.mean).toBe(plain.mean * unit)
    expect(scaled.variance).toBeNaN()
    expect(scaled.autocorrelation).toEqual(plain.autocorrelation)
    expect(scaled.autocorrelationTime).toEqual(plain.autocorrelationTime)
    expect(scaled.batchMeans.high).toBe(plain.batchMeans.high * unit)
    expect(scaled.trend.p).toBe(plain.trend.p)
    expect(scaled.trend.leastSquares.standardError).toBe(plain.trend.leastSquares.standardError * unit)
    expect(scaled.stationarity).toEqual(plain.stationarity)
    expect(scaled.halves.p).toBe(plain.halves.p)
    expect(scaled.halves.wasserstein1).toBe(plain.halves.wasserstein1 * unit)
    expect(scaled.halves.energy / Math.sqrt(unit)).toBeCloseTo(plain.halves.energy, 10)
  })

  it('is finite on a series that varies', () => {
    const statistics = seriesStatistics(normals(1000, 4))
    expect(statistics.autocorrelation.values[0]).toBe(1)
    expect(statistics.autocorrelation.lags).toHaveLength(101)
    expect(statistics.effectiveSampleSize).toBeCloseTo(1000 / statistics.autocorrelationTime.sokal, 9)
    expect(statistics.halves.p).toBeGreaterThan(0)
  })

  it('gives no effective sample size where so few points make τ negative', () => {
    const { autocorrelationTime, effectiveSampleSize } = seriesStatistics(readTrace('e2_short').column('x'))
    expect(autocorrelationTime.sokal).toBeLessThan(0)
    expect(effectiveSampleSize).toBeNaN()
  })

  // 0.1 is no sum of powers of two: its sums are rounded, and look like a tiny variation.
  it.each([2.5, 0.1])('gives no number that means nothing for a series that is constant at %f', (level) => {
    const statistics = seriesStatistics(new Float64Array(1000).fill(level))
    const { autocorrelationTime, batchMeans, effectiveSampleSize, halves, stationarity, trend } = statistics
    const undefinedNumbers = [
      autocorrelationTime.sokal,
      autocorrelationTime.geyer,
      effectiveSampleSize,
      halves.p,
      stationarity.kpss.statistic,
      stationarity.kpss.p,
      stationarity.adf.p,
      stationarity.geweke.z,
      trend.p,
      trend.leastSquares.p,
    ]
    expect(undefinedNumbers.every(Number.isNaN)).toBe(true)
    expect([statistics.mean, statistics.variance]).toEqual([level, 0])
    expect([batchMeans.mean, batchMeans.low, batchMeans.high]).toEqual([level, level, level])
  })

  it.each([2.5, 0.1])('no test speaks on a series that is constant at %f', (level) => {
    const values = new Float64Array(1000).fill(level)
    expect(
      [kpss(values, 5).p, augmentedDickeyFuller(values, 5).p, neweyWestTrend(values, 5).p].every(Number.isNaN),
    ).toBe(true)
  })
})

describe('augmentedDickeyFuller', () => {
  const values = normals(400, 17)

  it('does not depend on scale, however large', () => {
    const { statistic } = augmentedDickeyFuller(values, 3)
    for (const factor of [1e-160, 1e160])
      expect(
        augmentedDickeyFuller(
          values.map((value) => factor * value),
          3,
        ).statistic,
      ).toBeCloseTo(statistic, 9)
  })

  it('is NaN for zeros and for values that are not finite', () => {
    expect(augmentedDickeyFuller(new Float64Array(50), 3).statistic).toBeNaN()
    expect(augmentedDickeyFuller(values.with(7, Number.POSITIVE_INFINITY), 3).statistic).toBeNaN()
  })
})
