import { longRunVariance } from './neweyWest.ts'
import { isConstant, mean } from './moments.ts'

export interface KpssResult {
  readonly statistic: number
  readonly lag: number
  /** Interpolated from the published table and cut to [0.01, 0.10], as statsmodels does. */
  readonly p: number
}

const criticalValues: readonly (readonly [statistic: number, p: number])[] = [
  [0.347, 0.1],
  [0.463, 0.05],
  [0.574, 0.025],
  [0.739, 0.01],
]

/**
 * KPSS test of level stationarity (Kwiatkowski, Phillips, Schmidt, Shin 1992, table 1). Null hypothesis: stationary.
 * Statistic Σ S_t² / (n² λ̂²), S_t partial sums of the centred series, λ̂² Bartlett long-run variance with `lag`.
 * Calibrated for lag 2τ; with the short default lag it rejects every strongly correlated chain.
 *
 * @returns NaN for a constant or non-finite series
 */
export function kpss(values: Float64Array, lag: number): KpssResult {
  if (isConstant(values)) return { statistic: Number.NaN, lag, p: Number.NaN }
  const n = values.length
  const centre = mean(values)
  let partial = 0
  let sum = 0
  for (let t = 0; t < n; t += 1) {
    partial += (values[t] ?? Number.NaN) - centre
    sum += partial * partial
  }
  const scale = longRunVariance(values, lag)
  const statistic = scale > 0 ? sum / (n * n) / scale : Number.NaN
  return { statistic, lag, p: interpolateP(statistic) }
}

function interpolateP(statistic: number): number {
  if (Number.isNaN(statistic)) return Number.NaN
  let [previousStatistic, previousP] = criticalValues[0] ?? [0, 1]
  if (statistic <= previousStatistic) return previousP
  for (const [next, p] of criticalValues.slice(1)) {
    if (statistic <= next)
      return previousP + ((statistic - previousStatistic) / (next - previousStatistic)) * (p - previousP)
    previousStatistic = next
    previousP = p
  }
  return previousP
}
