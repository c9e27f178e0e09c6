import type { RandomGenerator } from '../random/randomGenerator.ts'
import { autocovariance } from './autocovariance.ts'
import { mean } from './moments.ts'

/** x_t = Σ a_k x_{t−k} + ε_t around zero, with the innovations that were found. */
export interface AutoregressiveModel {
  /** a_1..a_p; always stationary. */
  readonly coefficients: Float64Array
  /** Centred; drawn from when the model is simulated. */
  readonly innovations: Float64Array
}

/**
 * Fits an autoregression by the Yule-Walker equations (Levinson-Durbin recursion; Durbin 1960), order by Akaike's criterion n·log σ² + 2p (1974).
 *
 * @param values n > 2·largestOrder finite values that vary; their mean is removed
 * @returns no coefficients for a constant series
 */
export function fitAutoregression(values: Float64Array, largestOrder: number): AutoregressiveModel {
  const covariance = autocovariance(values, largestOrder)
  let coefficients = new Float64Array()
  let variance = covariance[0] ?? Number.NaN
  let best = { coefficients, criterion: values.length * Math.log(variance) }
  for (let order = 1; order <= largestOrder && variance > 0; order += 1) {
    const previous = coefficients
    const explained = previous.reduce((sum, a, k) => sum + a * (covariance[order - 1 - k] ?? 0), 0)
    const reflection = ((covariance[order] ?? 0) - explained) / variance
    coefficients = Float64Array.from({ length: order }, (_, k) =>
      k === order - 1 ? reflection : (previous[k] ?? 0) - reflection * (previous[order - 2 - k] ?? 0),
    )
    variance *= 1 - reflection ** 2
    const criterion = values.length * Math.log(variance) + 2 * order
    if (criterion < best.criterion) best = { coefficients, criterion }
  }
  return { coefficients: best.coefficients, innovations: innovationsOf(values, best.coefficients) }
}

function innovationsOf(values: Float64Array, coefficients: Float64Array): Float64Array {
  const centre = mean(values)
  const order = coefficients.length
  const innovations = Float64Array.from({ length: values.length - order }, (_, i) =>
    coefficients.reduce(
      (rest, a, k) => rest - a * ((values[i + order - 1 - k] ?? 0) - centre),
      (values[i + order] ?? 0) - centre,
    ),
  )
  const shift = mean(innovations)
  return innovations.map((value) => value - shift)
}

/** A series of the model with innovations drawn from those found (sieve bootstrap; Bühlmann 1997), after `burnIn` steps from zero. `[n]`. */
export function simulateAutoregression(
  { coefficients, innovations }: AutoregressiveModel,
  { n, burnIn }: { n: number; burnIn: number },
  random: RandomGenerator,
): Float64Array {
  const values = new Float64Array(burnIn + n)
  for (let t = 0; t < values.length; t += 1) {
    let value = innovations[random.integer(innovations.length)] ?? 0
    for (let k = 0; k < coefficients.length && k < t; k += 1) value += (coefficients[k] ?? 0) * (values[t - 1 - k] ?? 0)
    values[t] = value
  }
  return values.subarray(burnIn)
}
