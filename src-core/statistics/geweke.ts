import { sokalAutocorrelationTime } from './autocorrelationTime.ts'
import { mean, variance } from './moments.ts'

/**
 * Geweke's z (1992): difference of the means of the first 10 % and the last 50 %, over its standard error √(τ₁v₁/n₁ + τ₂v₂/n₂)
 * with Sokal's τ of each part. On parts shorter than 50 τ it rejects too often; not for verdicts.
 *
 * @returns NaN when a part is constant or too short
 */
export function gewekeZ(values: Float64Array, firstShare = 0.1, lastShare = 0.5): number {
  const n = values.length
  const first = values.subarray(0, Math.floor(n * firstShare))
  const last = values.subarray(n - Math.floor(n * lastShare))
  return (mean(first) - mean(last)) / Math.sqrt(squaredError(first) + squaredError(last))
}

function squaredError(part: Float64Array): number {
  // Variance with divisor n − 1.
  return (sokalAutocorrelationTime(part) * variance(part)) / (part.length - 1)
}
