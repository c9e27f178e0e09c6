import { ema } from './ema.ts'

/**
 * Exponential of the bias-corrected moving average (`ema`) of the logarithm of `values`: the average that stands in the middle of the points on a logarithmic axis, where that of the values themselves
 * follows the largest and lags behind a fall by decades. A value that is not positive or not finite leaves the average as it is; NaN before the first positive one of a section. Same length.
 */
export function geometricEma(
  values: ArrayLike<number>,
  weight: number,
  restarts: ArrayLike<number> = [],
): Float64Array {
  const logarithms = Float64Array.from(values, (value) => (value > 0 ? Math.log(value) : NaN))
  return ema(logarithms, weight, restarts).map(Math.exp)
}
