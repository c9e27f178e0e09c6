import { commonRows } from '../../series/commonRows.ts'
import { areFinite } from '../../statistics/moments.ts'
import type { ScalarSeries } from './observables.ts'

/** The finite values of several series at the steps that all of them have, `[series][step]`, in the order of the first. Empty arrays without a common step. */
export function alignSeries(series: readonly ScalarSeries[]): Float64Array[] {
  return alignedRows(series).values
}

/** The same with their steps. */
export function alignedRows(series: readonly ScalarSeries[]): { steps: Float64Array; values: Float64Array[] } {
  const rows = commonRows(series.map(({ steps }) => steps))
  const isShared = rows.every((own, k) => own === rows[0] && own.length === series[k]?.steps.length)
  if (isShared && series.every(({ values }) => areFinite(values)))
    return { steps: series[0]?.steps ?? new Float64Array(), values: series.map(({ values }) => values) }
  const steps = Float64Array.from(rows[0] ?? [], (row) => series[0]?.steps[row] ?? Number.NaN)
  const common = series.map(({ values }, k) => Float64Array.from(rows[k] ?? [], (row) => values[row] ?? Number.NaN))
  if (common.every(areFinite)) return { steps, values: common }
  const isFinite = (_: number, i: number) => common.every((values) => Number.isFinite(values[i]))
  return { steps: steps.filter(isFinite), values: common.map((values) => values.filter(isFinite)) }
}
