import { autocorrelation } from './autocovariance.ts'
import { batchMeans } from './batchMeans.ts'
import { isConstant, variance } from './moments.ts'

/** Lags of the first try; most series need fewer, and fewer lags need shorter transforms. Each further try takes so many times as many. */
const firstLagCount = 127
const lagGrowth = 8
/** Sokal's c. */
const windowFactor = 5

/**
 * Integrated autocorrelation time τ = 1 + 2 Σ_{k=1}^{M} ρ_k with the automatic window M = min{M : M ≥ c·τ(M)}
 * (Sokal 1989, Madras & Sokal 1988). In units of recorded points; 1 for independent values.
 * Relative standard deviation about √(2(2M+1)/n). Can fall below 1, and too short under an oscillating autocorrelation.
 *
 * @param values n ≥ 2 finite values
 * @param c window factor, 5 by convention
 * @returns NaN for a constant, too short or non-finite series
 */
export function sokalAutocorrelationTime(values: Float64Array, c = windowFactor): number {
  if (values.length < 2 || isConstant(values)) return Number.NaN
  return sumOverGrowingLags(values, (rho) => sumUntilWindow(rho, c)).tau
}

/** Sums over few lags first, and over more as long as the sum does not close by itself. */
function sumOverGrowingLags<Sum extends { closed: boolean }>(
  values: Float64Array,
  sum: (rho: Float64Array) => Sum,
): Sum {
  for (let lagCount = firstLagCount; ; lagCount = (lagCount + 1) * lagGrowth - 1) {
    const result = sum(autocorrelation(values, Math.min(lagCount, values.length - 1)))
    if (result.closed || lagCount >= values.length - 1) return result
  }
}

function sumUntilWindow(rho: Float64Array, c: number): { tau: number; closed: boolean } {
  let tau = 1
  for (let lag = 1; lag < rho.length; lag += 1) {
    tau += 2 * (rho[lag] ?? Number.NaN)
    // A sum that is not a number closes at once.
    if (!(lag < c * tau)) return { tau, closed: true }
  }
  return { tau, closed: false }
}

/**
 * Integrated autocorrelation time by the initial monotone sequence (Geyer 1992): pairs Γ_k = ρ_{2k} + ρ_{2k+1} are summed while positive,
 * each cut to its predecessor; τ = 2 Σ Γ_k − 1. Conservative (too long, up to several times) when the autocorrelation oscillates, as with momentum.
 *
 * @returns NaN for a constant, too short or non-finite series
 */
export function geyerAutocorrelationTime(values: Float64Array): number {
  return initialMonotoneSequence(values).tau
}

/** Geyer's τ and the number of lags that it summed. */
function initialMonotoneSequence(values: Float64Array): { tau: number; window: number } {
  if (values.length < 4 || isConstant(values)) return { tau: Number.NaN, window: Number.NaN }
  return sumOverGrowingLags(values, sumMonotonePairs)
}

/** `closed`: a pair that is not positive ended the sum before the lags did. */
function sumMonotonePairs(rho: Float64Array): { tau: number; window: number; closed: boolean } {
  let sum = 0
  let previous = Number.POSITIVE_INFINITY
  let window = 0
  for (let k = 0; 2 * k + 1 < rho.length; k += 1) {
    const pair = (rho[2 * k] ?? Number.NaN) + (rho[2 * k + 1] ?? Number.NaN)
    if (Number.isNaN(pair)) return { tau: Number.NaN, window: Number.NaN, closed: true }
    if (pair <= 0) return { tau: 2 * sum - 1, window, closed: true }
    previous = Math.min(previous, pair)
    sum += previous
    window = 2 * k + 1
  }
  return { tau: 2 * sum - 1, window, closed: false }
}

/**
 * Integrated autocorrelation time by batch means: b · var(means of length b) / var(values), 20 batches.
 * Nearly unbiased also for oscillating autocorrelation; relative standard deviation √(2/19) ≈ 32 %.
 *
 * @returns NaN for a constant, non-finite series, or one with fewer than two values per batch
 */
export function batchMeansAutocorrelationTime(values: Float64Array, batchCount = 20): number {
  const batchLength = Math.floor(values.length / batchCount)
  if (batchLength < 2 || isConstant(values)) return Number.NaN
  const means = batchMeans(values, batchCount, batchLength)
  return (
    (batchLength * variance(means) * batchCount) /
    (batchCount - 1) /
    variance(values.subarray(values.length - batchCount * batchLength))
  )
}

/** An estimate of τ in recorded points, its standard error as a share of it, and its 95 % interval; NaN ends where none can be given. */
export interface AutocorrelationTimeEstimate {
  readonly name: 'batch means' | 'Sokal' | 'Geyer'
  readonly time: number
  readonly relativeError: number
  readonly low: number
  readonly high: number
}

const batchFreedom = 19
/** Standard errors from which a correlation is one. */
const clearErrors = 4
/** Length of a batch in reaches of an oscillation. */
const swingLengths = 5

interface LagSums {
  readonly sokal: number
  readonly geyer: { readonly tau: number; readonly window: number }
  /** Where the autocorrelation oscillates, the last lag at which it shows; else 0. */
  readonly swing: number
}

/** Both from the same autocorrelation, and whether it oscillates. */
function sokalAndGeyer(values: Float64Array): LagSums {
  if (values.length < 4 || isConstant(values))
    return { sokal: sokalAutocorrelationTime(values), geyer: initialMonotoneSequence(values), swing: 0 }
  const { sokal, geyer, isSwinging } = sumOverGrowingLags(values, (rho) => {
    const sums = { sokal: sumUntilWindow(rho, windowFactor), geyer: sumMonotonePairs(rho) }
    const isNegative = isNegativeWithin(rho, values.length, windowOf(sums.sokal.tau))
    return { ...sums, isSwinging: isNegative, closed: sums.sokal.closed && sums.geyer.closed }
  })
  return { sokal: sokal.tau, geyer, swing: isSwinging ? Math.max(1, reachOf(values)) : 0 }
}

const windowOf = (sokal: number) => Math.max(1, Math.ceil(windowFactor * sokal))

/**
 * τ by each of the three estimators with its relative standard error: √(2(2M+1)/n) for a sum over M lags (Madras & Sokal 1988; M = 5τ for Sokal's),
 * √(2/19) for 20 batch means. The error is that of sampling.
 *
 * Intervals at 95 %: 19 τ̂/τ of 20 batch means is χ²(19); those of sums are symmetric in the logarithm, because τ̂ is positive and skewed. A sum has no interval where the autocorrelation goes below zero by
 * more than 4 of its standard errors (Bartlett 1946), as under momentum: its window then closes too early, or it leaves out what is negative, and that bias is larger than the error. That of batch means has one there where a batch
 * spans five times the last lag at which the autocorrelation shows (4 standard errors): a shorter one cuts the oscillation.
 */
export function autocorrelationTimeEstimates(values: Float64Array): AutocorrelationTimeEstimate[] {
  const { sokal, geyer, swing } = sokalAndGeyer(values)
  const batch = batchMeansAutocorrelationTime(values)
  const settled = values.length >= swingLengths * swing * (batchFreedom + 1) ? batch : Number.NaN
  const ofSum = (name: 'Sokal' | 'Geyer', time: number, window: number): AutocorrelationTimeEstimate => {
    const relativeError = Math.sqrt((2 * (2 * window + 1)) / values.length)
    const factor = swing > 0 ? Number.NaN : Math.exp(1.96 * relativeError)
    return { name, time, relativeError, low: time / factor, high: time * factor }
  }
  return [
    {
      name: 'batch means',
      time: batch,
      relativeError: Math.sqrt(2 / batchFreedom),
      low: settled / shareOfFreedom(1.96),
      high: settled / shareOfFreedom(-1.96),
    },
    ofSum('Sokal', sokal, windowOf(sokal)),
    ofSum('Geyer', geyer.tau, geyer.window),
  ]
}

/** Quantile of χ²(19)/19 at a normal quantile (Wilson & Hilferty 1931). */
function shareOfFreedom(normalQuantile: number): number {
  const spread = 2 / (9 * batchFreedom)
  return (1 - spread + normalQuantile * Math.sqrt(spread)) ** 3
}

/** Whether ρ of n points is clearly negative somewhere within the window, or within ten lags. */
function isNegativeWithin(rho: Float64Array, n: number, window: number): boolean {
  const last = Math.min(rho.length - 1, Math.max(10, window))
  return clearLags(rho.subarray(0, last + 1), n).some((lag) => (rho[lag] ?? 0) < 0)
}

/** The last lag, up to a batch, at which the autocorrelation shows. */
function reachOf(values: Float64Array): number {
  const longest = Math.floor(values.length / (batchFreedom + 1))
  return clearLags(autocorrelation(values, longest), values.length).at(-1) ?? 0
}

/** Lags from 1 on at which ρ of n points is further from zero than 4 of its standard errors (Bartlett 1946). */
function clearLags(rho: Float64Array, n: number): number[] {
  const lags: number[] = []
  let squares = 1
  rho.forEach((correlation, lag) => {
    if (lag === 0) return
    if (Math.abs(correlation) > clearErrors * Math.sqrt(squares / n)) lags.push(lag)
    squares += 2 * correlation * correlation
  })
  return lags
}

/**
 * The autocorrelation time that verdicts use: the largest of 1, Sokal's and that of batch means. NaN when neither exists.
 */
export function conservativeAutocorrelationTime(values: Float64Array): number {
  const estimates = [sokalAutocorrelationTime(values), batchMeansAutocorrelationTime(values)].filter(Number.isFinite)
  return estimates.length === 0 ? Number.NaN : Math.max(1, ...estimates)
}
