/**
 * Bias-corrected exponential moving average of `values`, starting anew at every index in `restarts` (ascending; the first element always starts anew).
 * With weight w in [0, 1) and k finite values since the restart the average is Σ wⁱ·x₍ₖ₋ᵢ₎ / Σ wⁱ, i = 0..k−1 (Kingma and Ba 2015, section 3), computed as
 * a running correction, so that a constant stays exactly constant. A value that is not finite leaves the average as it is and gets the last one;
 * NaN before the first finite value of a section. Returns an array of the same length.
 */
export function ema(values: ArrayLike<number>, weight: number, restarts: ArrayLike<number> = []): Float64Array {
  const averages = new Float64Array(values.length)
  let average = NaN
  let weightSum = 0
  let nextRestart = 0
  for (let i = 0; i < values.length; i++) {
    if (nextRestart < restarts.length && i >= (restarts[nextRestart] ?? Infinity)) {
      weightSum = 0
      average = NaN
      while (nextRestart < restarts.length && i >= (restarts[nextRestart] ?? Infinity)) nextRestart++
    }
    const value = values[i] ?? NaN
    if (Number.isFinite(value)) {
      weightSum = weightSum * weight + 1
      average = weightSum === 1 ? value : average + (value - average) / weightSum
    }
    averages[i] = average
  }
  return averages
}
