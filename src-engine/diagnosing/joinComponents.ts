import type { ScalarSeries, VectorSeries } from '#core/diagnostics/observables.ts'

/** Components recorded as separate series as one vector series, at the steps that all of them have; null without components. */
export function joinComponents(components: readonly ScalarSeries[]): VectorSeries | null {
  const [first, ...others] = components
  if (!first) return null
  const rows = others.map(({ steps }) => new Map(Array.from(steps, (step, row) => [step, row])))
  const kept = Array.from(first.steps.keys()).filter((row) =>
    rows.every((rowOf) => rowOf.has(first.steps[row] ?? Number.NaN)),
  )
  const dimension = components.length
  const values = new Float64Array(kept.length * dimension)
  kept.forEach((firstRow, row) => {
    const step = first.steps[firstRow] ?? Number.NaN
    values[row * dimension] = first.values[firstRow] ?? Number.NaN
    others.forEach((component, i) => {
      values[row * dimension + i + 1] = component.values[rows[i]?.get(step) ?? -1] ?? Number.NaN
    })
  })
  return { steps: Float64Array.from(kept, (row) => first.steps[row] ?? Number.NaN), dimension, values }
}
