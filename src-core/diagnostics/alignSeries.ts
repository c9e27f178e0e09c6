import { commonRows } from '../series/commonRows.ts'
import type { ScalarSeries } from './observables.ts'

/** The finite values of several series at the steps that all of them have, `[series][step]`, in the order of the first. Empty arrays without a common step. */
export function alignSeries(series: readonly ScalarSeries[]): Float64Array[] {
  const rows = commonRows(series.map(({ steps }) => steps))
  const common = series.map(({ values }, k) => Float64Array.from(rows[k] ?? [], (row) => values[row] ?? Number.NaN))
  const isFinite = (_: number, i: number) => common.every((values) => Number.isFinite(values[i]))
  return common.every((values) => values.every(Number.isFinite))
    ? common
    : common.map((values) => values.filter(isFinite))
}
