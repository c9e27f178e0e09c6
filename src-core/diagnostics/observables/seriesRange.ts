import type { ScalarSeries, VectorSeries } from './observables.ts'

/** Index of the first step ≥ `step`, by bisection; `steps.length` when there is none. `steps` must not decrease. */
export function firstIndexFrom(steps: Float64Array, step: number): number {
  let low = 0
  let high = steps.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((steps[middle] ?? Number.NaN) < step) low = middle + 1
    else high = middle
  }
  return low
}

/** The value at exactly that step; NaN when there is none. */
export function valueAt({ steps, values }: ScalarSeries, step: number): number {
  const index = firstIndexFrom(steps, step)
  return steps[index] === step ? (values[index] ?? Number.NaN) : Number.NaN
}

/** The part of a series with from ≤ step ≤ to, as a view. */
export function sliceSeries(series: ScalarSeries, from: number, to: number): ScalarSeries {
  const start = firstIndexFrom(series.steps, from)
  const end = firstIndexFrom(series.steps, nextAbove(to))
  return { steps: series.steps.subarray(start, end), values: series.values.subarray(start, end) }
}

/** The part of a vector series with from ≤ step ≤ to, as a view. */
export function sliceVectorSeries(series: VectorSeries, from: number, to: number): VectorSeries {
  const start = firstIndexFrom(series.steps, from)
  const end = firstIndexFrom(series.steps, nextAbove(to))
  return {
    steps: series.steps.subarray(start, end),
    dimension: series.dimension,
    values: series.values.subarray(start * series.dimension, end * series.dimension),
  }
}

/** Steps are whole numbers, so half a step above keeps the end included. */
function nextAbove(step: number): number {
  return step + 0.5
}

/** The last rows of a vector series, at most `limit`, as a view. */
export function lastRows(series: VectorSeries, limit: number): VectorSeries {
  const { steps, dimension, values } = series
  const start = Math.max(0, steps.length - limit)
  return { steps: steps.subarray(start), dimension, values: values.subarray(start * dimension) }
}

/** Component `index` of a vector series as a copy; `[steps.length]`. */
export function component(series: VectorSeries, index: number): Float64Array {
  const { dimension, values } = series
  const picked = new Float64Array(series.steps.length)
  for (let row = 0; row < picked.length; row += 1) picked[row] = values[row * dimension + index] ?? Number.NaN
  return picked
}

/** The smallest odd stride that leaves at most `limit` of `count` values: with an even one, an alternation of period two would vanish. */
export function oddStride(count: number, limit: number): number {
  const stride = Math.max(1, Math.ceil(count / limit))
  return stride % 2 === 0 ? stride + 1 : stride
}

/** At most `limit` values, evenly spaced (systematic sample); the same array when it is short enough. */
export function thin(values: Float64Array, limit: number): { readonly values: Float64Array; readonly stride: number } {
  const stride = oddStride(values.length, limit)
  if (stride === 1) return { values, stride }
  return { values: everyNth(values, stride), stride }
}

/** Every `stride`-th value, from the first on; a copy. */
export function everyNth(values: Float64Array, stride: number): Float64Array {
  const kept = new Float64Array(Math.ceil(values.length / stride))
  for (let i = 0; i < kept.length; i += 1) kept[i] = values[i * stride] ?? Number.NaN
  return kept
}

/** At most `limit` rows, evenly spaced; the same series when it is short enough. */
export function thinRows(series: VectorSeries, limit: number): VectorSeries {
  const { steps, dimension, values } = series
  const stride = oddStride(steps.length, limit)
  if (stride === 1) return series
  const kept = everyNth(steps, stride)
  const rows = new Float64Array(kept.length * dimension)
  for (let row = 0; row < kept.length; row += 1) {
    const start = row * stride * dimension
    rows.set(values.subarray(start, start + dimension), row * dimension)
  }
  return { steps: kept, dimension, values: rows }
}
