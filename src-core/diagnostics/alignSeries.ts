import type { ScalarSeries } from './observables.ts'

/** The finite values of several series at the steps that all of them have, `[series][step]`, in the order of the first. Empty arrays without a common step. */
export function alignSeries(series: readonly ScalarSeries[]): Float64Array[] {
  const [first, ...others] = series
  if (!first) return []
  const rowsOf = others.map(({ steps }) => new Map(Array.from(steps, (step, row) => [step, row])))
  const rows = Array.from(first.steps, (step, row) => [row, ...rowsOf.map((map) => map.get(step) ?? -1)])
  const kept = rows.filter((row) => row.every((index, k) => Number.isFinite(series[k]?.values[index])))
  return series.map(({ values }, k) => Float64Array.from(kept, (row) => values[row[k] ?? -1] ?? Number.NaN))
}
