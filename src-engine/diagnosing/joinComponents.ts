import type { ScalarSeries, VectorSeries } from '#core/diagnostics/observables/observables.ts'
import { commonRows } from '#core/series/commonRows.ts'

/** Components recorded as separate series as one vector series, at the steps that all of them have; null without components. */
export function joinComponents(components: readonly ScalarSeries[]): VectorSeries | null {
  const rows = commonRows(components.map(({ steps }) => steps))
  const [first] = components
  const [firstRows] = rows
  if (!first || !firstRows) return null
  const dimension = components.length
  const values = new Float64Array(firstRows.length * dimension)
  components.forEach((component, k) => {
    rows[k]?.forEach((row, i) => {
      values[i * dimension + k] = component.values[row] ?? Number.NaN
    })
  })
  return { steps: Float64Array.from(firstRows, (row) => first.steps[row] ?? Number.NaN), dimension, values }
}
