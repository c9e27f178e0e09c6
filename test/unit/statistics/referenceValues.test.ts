import { describe, expect, it } from 'vitest'
import { augmentedDickeyFuller } from '#core/statistics/augmentedDickeyFuller.ts'
import { autocorrelation } from '#core/statistics/autocovariance.ts'
import { geyerAutocorrelationTime, sokalAutocorrelationTime } from '#core/statistics/autocorrelationTime.ts'
import { batchMeans, intervalOfMeans } from '#core/statistics/batchMeans.ts'
import { blockPermutationTest } from '#core/statistics/blockPermutationTest.ts'
import {
  energyDistance,
  energyStatistic,
  kolmogorovSmirnovDistance,
  maximumMeanDiscrepancySquared,
  slicedWasserstein,
  wasserstein1,
  wassersteinP,
} from '#core/statistics/distances.ts'
import { gewekeZ } from '#core/statistics/geweke.ts'
import { kpss } from '#core/statistics/kpss.ts'
import { displacementExponent, meanSquaredDisplacement } from '#core/statistics/meanSquaredDisplacement.ts'
import { mean, variance } from '#core/statistics/moments.ts'
import { neweyWestStandardErrorOfMean, neweyWestTrend } from '#core/statistics/neweyWest.ts'
import { slopeByBatchMeans } from '#core/statistics/slopeByBatchMeans.ts'
import { rankNormalisedSplitRhat, splitRhat } from '#core/statistics/splitRhat.ts'
import { hillTailIndex, mohammadiTailIndex } from '#core/statistics/tailIndex.ts'
import { agrees, readReference, readTrace, type ReferenceNode } from './referenceTraces.ts'

const problems = readReference().at('problems')
const q10 = readTrace('q10_lr_change').column('theta')

const series: [name: string, values: Float64Array, reference: ReferenceNode][] = [
  ['q1 θ', readTrace('q1_sgd_quadratic_1d').column('theta'), problems.at('q1_sgd_quadratic_1d', 'on_trace', 'theta')],
  ['q1 loss', readTrace('q1_sgd_quadratic_1d').column('loss'), problems.at('q1_sgd_quadratic_1d', 'on_trace', 'loss')],
  [
    'q2 loss',
    readTrace('q2_heavyball_quadratic_5d').column('loss'),
    problems.at('q2_heavyball_quadratic_5d', 'on_trace', 'loss'),
  ],
  ['q9a x0', readTrace('q9a_random_walk').column('x0'), problems.at('q9a_random_walk', 'on_trace', 'x0')],
  ['q9b x0', readTrace('q9b_linear_drift').column('x0'), problems.at('q9b_linear_drift', 'on_trace', 'x0')],
  ['q10 segment 1', q10.slice(200, 4000), problems.at('q10_lr_change', 'on_trace', 'seg1')],
  ['q10 segment 2', q10.slice(4500), problems.at('q10_lr_change', 'on_trace', 'seg2')],
]

/** The pairs that do not agree within the tolerance. */
function disagreements(pairs: Record<string, [value: number, reference: number]>) {
  return Object.entries(pairs).filter(([, [value, reference]]) => !agrees(value, reference))
}

describe.each(series)('reference values of %s', (_, values, reference) => {
  it('has the moments and autocorrelation', () => {
    const n = values.length
    const rho = autocorrelation(values, 10)
    const expected = reference.numbers('rho')
    expect(
      disagreements({
        n: [n, reference.number('n')],
        mean: [mean(values), reference.number('mean')],
        variance: [variance(values), reference.number('var_ddof0')],
        sampleVariance: [(variance(values) * n) / (n - 1), reference.number('var_ddof1')],
        ...Object.fromEntries(
          [1, 2, 5, 10].map((lag, i) => [`rho ${lag}`, [rho[lag] ?? Number.NaN, expected[i] ?? Number.NaN]]),
        ),
      }),
    ).toEqual([])
  })

  it('has the autocorrelation times and standard errors', () => {
    const bandwidth = reference.number('hac_L')
    const count = reference.number('batch_means_sqrt_n', 'nb')
    const length = reference.number('batch_means_sqrt_n', 'b')
    const interval = intervalOfMeans(batchMeans(values, count, length), length)
    expect(
      disagreements({
        sokal: [sokalAutocorrelationTime(values), reference.number('iat_sokal_c5')],
        geyer: [geyerAutocorrelationTime(values), reference.number('iat_geyer')],
        effective: [values.length / sokalAutocorrelationTime(values), reference.number('ess_sokal')],
        batchMean: [interval.mean, reference.number('batch_means_sqrt_n', 'mean')],
        batchError: [interval.standardError, reference.number('batch_means_sqrt_n', 'se')],
        batchLow: [interval.low, reference.number('batch_means_sqrt_n', 'lo')],
        batchHigh: [interval.high, reference.number('batch_means_sqrt_n', 'hi')],
        neweyWest: [neweyWestStandardErrorOfMean(values, bandwidth), reference.number('hac_se_mean_statsmodels')],
      }),
    ).toEqual([])
  })

  it('has the trend and the stationarity tests', () => {
    const bandwidth = reference.number('hac_L')
    const trend = neweyWestTrend(values, bandwidth)
    expect(
      disagreements({
        slope: [trend.slope, reference.number('trend', 'slope')],
        slopeError: [trend.standardError, reference.number('trend_se_statsmodels')],
        geweke: [gewekeZ(values), reference.number('geweke_z')],
        kpss: [kpss(values, bandwidth).statistic, reference.number('kpss_c_nlags_L')],
        adf: [augmentedDickeyFuller(values, 10).statistic, reference.number('adf_c_lag10_stat')],
      }),
    ).toEqual([])
  })

  it('has the distances of its halves', () => {
    const first = values.subarray(0, values.length >> 1)
    const second = values.subarray(values.length >> 1)
    expect(
      disagreements({
        w1: [wasserstein1(first, second), reference.number('halves', 'w1_pot')],
        energy: [energyDistance(first, second), reference.number('halves', 'energy_scipy')],
        ks: [kolmogorovSmirnovDistance(first, second), reference.number('halves', 'ks')],
      }),
    ).toEqual([])
  })
})

describe('block permutation', () => {
  it('has the statistic and p of q1', () => {
    const reference = problems.at('q1_sgd_quadratic_1d', 'on_trace', 'two_window_w1')
    const theta = readTrace('q1_sgd_quadratic_1d').column('theta')
    const test = blockPermutationTest([theta], reference.number('block'), { permutationCount: 4999, seed: 3 })
    expect(test.blockCount).toBe(reference.number('nblocks'))
    expect(test.statistic).toBeCloseTo(reference.number('stat'), 8)
    expect(Math.abs(test.p - reference.number('p'))).toBeLessThan(0.05)
  })

  it('rejects the pooled segments of q10', () => {
    const reference = problems.at('q10_lr_change', 'on_trace', 'pooled_two_window')
    const test = blockPermutationTest([q10], reference.number('block'), { permutationCount: 499, seed: 3 })
    expect(test.statistic).toBeCloseTo(reference.number('stat'), 8)
    expect(test.p).toBeLessThan(0.01)
  })
})

describe.each(['q3a_doublewell_stuck', 'q3b_doublewell_mixing'])('chains of %s', (name) => {
  const reference = problems.at(name, 'on_trace')
  const chains = Object.values(readTrace(name).columns).map((chain) => chain.slice(500))
  const observables = {
    theta: chains,
    theta2: chains.map((chain) => chain.map((x) => x * x)),
    loss: chains.map((chain) => chain.map((x) => (x * x - 1) ** 2 / 4)),
  }

  it.each(['theta', 'theta2', 'loss'] as const)('has R̂ of %s', (key) => {
    expect(
      disagreements({
        rank: [rankNormalisedSplitRhat(observables[key]), reference.number(key, 'rhat_rank_arviz')],
        split: [splitRhat(observables[key]), reference.number(key, 'rhat_split')],
      }),
    ).toEqual([])
  })

  it('has the distances between chains', () => {
    const chain = (i: number) => chains[i] ?? new Float64Array()
    const thinned = (i: number) => ({ dimension: 1, values: chain(i).filter((_, row) => row % 10 === 0) })
    const pairs = [0, 1, 2, 3].flatMap((i) => [0, 1, 2, 3].map((j) => [i, j] as const))
    expect(
      disagreements({
        ...Object.fromEntries(
          pairs.map(([i, j]) => [
            `w1 ${i} ${j}`,
            [wasserstein1(chain(i), chain(j)), reference.number('pair_w1', i, j)],
          ]),
        ),
        energy01: [energyDistance(chain(0), chain(1)), reference.number('energy_01')],
        energy02: [energyDistance(chain(0), chain(2)), reference.number('energy_02')],
        mmd01: [maximumMeanDiscrepancySquared(thinned(0), thinned(1), 0.5), reference.number('mmd2u_01_s0p5')],
        mmd02: [maximumMeanDiscrepancySquared(thinned(0), thinned(2), 0.5), reference.number('mmd2u_02_s0p5')],
      }),
    ).toEqual([])
  })
})

describe('mean-squared displacement', () => {
  const interleave = (columns: Float64Array[]) =>
    Float64Array.from(
      { length: columns.length * (columns[0]?.length ?? 0) },
      (_, i) => columns[i % columns.length]?.[Math.floor(i / columns.length)] ?? Number.NaN,
    )

  it.each([
    ['q1_sgd_quadratic_1d', ['theta'], 'msd_lags', 'msd'],
    ['q2_heavyball_quadratic_5d', ['theta0', 'theta1', 'theta2', 'theta3', 'theta4'], 'msd_lags', 'msd'],
    ['q9a_random_walk', ['x0', 'x1', 'x2', 'x3'], 'lags', 'msd'],
    ['q9b_linear_drift', ['x0', 'x1', 'x2', 'x3'], 'lags', 'msd'],
  ])('of %s', (name, names, lagKey, key) => {
    const reference = problems.at(name, 'on_trace')
    const trace = readTrace(name)
    const values = meanSquaredDisplacement(interleave(names.map(trace.column)), names.length, reference.numbers(lagKey))
    const expected = reference.numbers(key)
    expect(
      disagreements(Object.fromEntries(values.map((value, i) => [`lag ${i}`, [value, expected[i] ?? Number.NaN]]))),
    ).toEqual([])
  })

  it('has the exponent of the random walk', () => {
    const reference = problems.at('q9a_random_walk', 'on_trace')
    expect(displacementExponent(reference.numbers('lags'), reference.numbers('msd'))).toBeCloseTo(
      reference.number('exponent'),
      6,
    )
  })
})

describe('clouds and coordinates', () => {
  const cloud = (name: string) => {
    const trace = readTrace(name)
    const [x, y, z] = ['x', 'y', 'z'].map(trace.column)
    return {
      dimension: 3,
      values: Float64Array.from(
        { length: 3 * (x?.length ?? 0) },
        (_, i) => [x, y, z][i % 3]?.[Math.floor(i / 3)] ?? Number.NaN,
      ),
    }
  }

  it('has the sliced Wasserstein, energy and MMD of q14', () => {
    const reference = problems.at('q14_sliced', 'on_trace')
    const a = cloud('q14_cloud_a')
    const b = cloud('q14_cloud_b')
    const directions = cloud('q14_projections').values
    expect(
      disagreements({
        sw2: [slicedWasserstein(a, b, directions, 2), reference.number('sw2_pot')],
        sw1: [slicedWasserstein(a, b, directions, 1), reference.number('sw1')],
        energy: [energyStatistic(a, b), reference.number('energy_nd_vstat')],
        mmd: [maximumMeanDiscrepancySquared(a, b, 1), reference.number('mmd2u_s1')],
      }),
    ).toEqual([])
  })

  it('has W1 between the halves of every coordinate of q2', () => {
    const expected = problems.at('q2_heavyball_quadratic_5d', 'on_trace', 'sliced').numbers('w1')
    const trace = readTrace('q2_heavyball_quadratic_5d')
    const values = expected.map((_, i) => {
      const theta = trace.column(`theta${i}`)
      return wassersteinP(theta.subarray(0, theta.length >> 1), theta.subarray(theta.length >> 1), 1)
    })
    expect(
      disagreements(
        Object.fromEntries(values.map((value, i) => [`coordinate ${i}`, [value, expected[i] ?? Number.NaN]])),
      ),
    ).toEqual([])
  })
})

describe('tails', () => {
  it.each([
    ['alpha_stable', 0],
    ['gaussian', 1],
  ] as const)('of the %s column of q12', (column, index) => {
    const reference = problems.at('q12_tails', 'on_trace')
    const values = readTrace('q12_tails').column(column)
    expect(
      disagreements({
        mohammadi: [mohammadiTailIndex(values), reference.number('mohammadi', index)],
        hill: [hillTailIndex(values, 200), reference.number('hill_k200', index)],
      }),
    ).toEqual([])
  })
})

describe('real training', () => {
  const real = readReference('reference_real.json')
  it.each(['const_iid', 'const_s0', 'const_s1', 'const_s2', 'interp', 'piecewise'])(
    'has τ and the p of the loss trend of %s',
    (name) => {
      const [from = 0, to = 0] = real.numbers(name, 'tail_rows')
      const loss = readTrace(`real_${name}_steps`).column('full_loss').slice(from, to)
      expect(
        disagreements({
          tau: [sokalAutocorrelationTime(loss), real.number(name, 'iat', 'full_loss')],
          p: [slopeByBatchMeans(loss).p, real.number(name, 'loss_slope_20bm', 'p')],
          geweke: [gewekeZ(loss), real.number(name, 'geweke', 'full_loss')],
        }),
      ).toEqual([])
    },
  )
})
