import { augmentedDickeyFuller } from './augmentedDickeyFuller.ts'
import { autocorrelation } from './autocovariance.ts'
import {
  conservativeAutocorrelationTime,
  geyerAutocorrelationTime,
  sokalAutocorrelationTime,
} from './autocorrelationTime.ts'
import { batchMeansInterval, type BatchMeansInterval, type BatchMethod } from './batchMeans.ts'
import { blockPermutationTest } from './blockPermutationTest.ts'
import { distancesOfSorted } from './distances.ts'
import { gewekeZ } from './geweke.ts'
import { kpss } from './kpss.ts'
import { isConstant, mean, variance } from './moments.ts'
import { defaultNeweyWestLag, neweyWestTrend } from './neweyWest.ts'
import { slopeByBatchMeans } from './slopeByBatchMeans.ts'
import { sortedCopy } from './sortWithOrder.ts'

/** Everything that `ergoscope stats` says about one series. Times and lags are in recorded points. NaN where a number is not defined. */
export interface SeriesStatistics {
  readonly n: number
  readonly mean: number
  /** Divisor n. */
  readonly variance: number
  readonly autocorrelation: { readonly lags: readonly number[]; readonly values: readonly number[] }
  readonly autocorrelationTime: { readonly sokal: number; readonly geyer: number }
  /** n / Sokal's τ; NaN when that is not positive, as a very short or anti-correlated series can make it. */
  readonly effectiveSampleSize: number
  readonly batchMeans: BatchMeansInterval
  /** By 20 batch means, t with 18 degrees of freedom; least squares on all points with Newey-West error beside it (not for verdicts). */
  readonly trend: {
    readonly slope: number
    readonly standardError: number
    readonly p: number
    readonly leastSquares: {
      readonly slope: number
      readonly standardError: number
      readonly p: number
      readonly lag: number
    }
  }
  readonly stationarity: {
    readonly kpss: { readonly statistic: number; readonly lag: number; readonly p: number }
    readonly adf: { readonly statistic: number; readonly lag: number; readonly p: number }
    readonly geweke: { readonly z: number }
  }
  /** First against second half; `energy` is the root, as scipy defines it; `p` by block permutation of W1, blocks of 2τ. */
  readonly halves: {
    readonly ks: number
    readonly wasserstein1: number
    readonly energy: number
    readonly p: number
    readonly blockLength: number
    readonly blockCount: number
  }
}

export interface SeriesStatisticsOptions {
  readonly method?: BatchMethod
  readonly seed?: number
  readonly permutationCount?: number
}

const shownLagCount = 100
const dickeyFullerLag = 10

/**
 * Statistics of one series of finite values, the whole of it: drop the transient first.
 * A constant series, up to rounding, has variance 0 and gives NaN for everything that needs variation. Non-finite values give NaN throughout: cut the series before.
 * Magnitudes whose squares leave double precision are computed in other units; a variance that no double holds is NaN.
 */
export function seriesStatistics(values: Float64Array, options: SeriesStatisticsOptions = {}): SeriesStatistics {
  const [level] = values
  if (level !== undefined && isConstant(values)) return constantStatistics(level, values.length, options)
  const unit = computingUnit(values)
  if (unit === 1) return measureSeries(values, options)
  return inUnits(
    measureSeries(
      values.map((value) => value / unit),
      options,
    ),
    unit,
  )
}

/** Of `n` values at one level: sums of rounding errors would look like variation. */
function constantStatistics(level: number, n: number, options: SeriesStatisticsOptions): SeriesStatistics {
  const measured = measureSeries(new Float64Array(n), options)
  const { batchMeans } = measured
  return {
    ...measured,
    mean: level,
    batchMeans: {
      ...batchMeans,
      mean: batchMeans.mean + level,
      low: batchMeans.low + level,
      high: batchMeans.high + level,
    },
  }
}

/** 1, or where squares would overflow or vanish the power of two below the largest magnitude. */
function computingUnit(values: Float64Array): number {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  if (!Number.isFinite(largest) || largest === 0 || (largest > 1e-100 && largest < 1e100)) return 1
  return 2 ** Math.max(-1022, Math.floor(Math.log2(largest)))
}

/** The statistics of a series that was divided by `unit`, in the units of the series. */
function inUnits(measured: SeriesStatistics, unit: number): SeriesStatistics {
  const square = measured.variance * unit * unit
  const { batchMeans, trend, halves } = measured
  const { leastSquares } = trend
  return {
    ...measured,
    mean: measured.mean * unit,
    variance: measured.variance > 0 && !(square > 0 && Number.isFinite(square)) ? Number.NaN : square,
    batchMeans: {
      ...batchMeans,
      mean: batchMeans.mean * unit,
      standardError: batchMeans.standardError * unit,
      low: batchMeans.low * unit,
      high: batchMeans.high * unit,
    },
    trend: {
      ...trend,
      slope: trend.slope * unit,
      standardError: trend.standardError * unit,
      leastSquares: {
        ...leastSquares,
        slope: leastSquares.slope * unit,
        standardError: leastSquares.standardError * unit,
      },
    },
    halves: { ...halves, wasserstein1: halves.wasserstein1 * unit, energy: halves.energy * Math.sqrt(unit) },
  }
}

function measureSeries(values: Float64Array, options: SeriesStatisticsOptions): SeriesStatistics {
  const n = values.length
  const varies = n > 1 && !isConstant(values)
  const sokal = sokalAutocorrelationTime(values)
  const lags = Array.from({ length: Math.min(shownLagCount, n - 1) + 1 }, (_, lag) => lag)
  const slope = slopeByBatchMeans(values)
  const hacLag = defaultNeweyWestLag(n)
  const kpssLag = Math.min(Math.ceil(2 * conservativeAutocorrelationTime(values)), n >> 1)
  return {
    n,
    mean: mean(values),
    variance: variance(values),
    autocorrelation: {
      lags,
      values: varies ? [...autocorrelation(values, lags.length - 1)] : lags.map(() => Number.NaN),
    },
    autocorrelationTime: { sokal, geyer: geyerAutocorrelationTime(values) },
    effectiveSampleSize: sokal > 0 ? n / sokal : Number.NaN,
    batchMeans: batchMeansInterval(values, options.method),
    trend: {
      slope: slope.slope,
      standardError: slope.standardError,
      p: slope.p,
      leastSquares: { ...neweyWestTrend(values, hacLag), lag: hacLag },
    },
    stationarity: {
      kpss: varies ? kpss(values, kpssLag) : { statistic: Number.NaN, lag: 0, p: Number.NaN },
      adf: augmentedDickeyFuller(values, dickeyFullerLag),
      geweke: { z: gewekeZ(values) },
    },
    halves: compareHalves(values, sokal, options),
  }
}

function compareHalves(
  values: Float64Array,
  tau: number,
  { seed = 1, permutationCount = 1999 }: SeriesStatisticsOptions,
): SeriesStatistics['halves'] {
  const middle = values.length >> 1
  const first = values.subarray(0, middle)
  const second = values.subarray(middle)
  const blockLength = Math.max(1, Math.ceil(2 * (Number.isNaN(tau) ? 1 : tau)))
  const test = blockPermutationTest([values], blockLength, { permutationCount, seed })
  const distances = distancesOfSorted(sortedCopy(first), sortedCopy(second))
  return {
    ks: distances.kolmogorovSmirnov,
    wasserstein1: distances.wasserstein1,
    energy: distances.energy,
    p: isConstant(values) ? Number.NaN : test.p,
    blockLength,
    blockCount: test.blockCount,
  }
}
