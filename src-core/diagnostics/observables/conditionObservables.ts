import type {
  RunObservables,
  ScalarRole,
  ScalarSeries,
  VectorRole,
  VectorSeries,
  WeightGroupRole,
} from './observables.ts'
import { scalarRoles, vectorRoles } from './observables.ts'
import { mapWeightGroups } from './weightGroups.ts'
import { isUsable, smallestUsable } from './usableRange.ts'

/** Observables that the diagnostics can compute with, and what had to be done for it, one clause each. */
export interface ConditionedObservables {
  readonly run: RunObservables
  readonly remarks: readonly string[]
}

/** Roles whose first unusable value ends the judged record; in the others such values are left out. */
const stateRoles: ReadonlySet<ScalarRole> = new Set(['loss', 'gradient_norm_squared', 'weight_norm_squared'])

/**
 * Brings observables into the form that every diagnostic assumes: strictly increasing steps (of points at the same or a later step, the one recorded last counts,
 * as in a run that was taken up again), magnitudes below 10⁻¹⁴⁰ as zero, and no unusable value (NaN, infinite, or above 10¹⁴⁰) in series that only explain.
 * Such values of the loss, gradients, weights and outputs stay: they end the judged record. Series that are in order are not copied.
 */
export function conditionObservables(observables: RunObservables): ConditionedObservables {
  const remarks: string[] = []
  const scalars: { [Role in ScalarRole]?: ScalarSeries } = {}
  for (const role of scalarRoles) {
    const series = observables.scalars[role]
    if (series) scalars[role] = conditionScalar(series, nameOf(role), stateRoles.has(role), remarks)
  }
  const vectors: { [Role in VectorRole]?: VectorSeries } = {}
  for (const role of vectorRoles) {
    const series = observables.vectors[role]
    if (series) vectors[role] = flushVector(orderRows(series, nameOf(role), remarks))
  }
  const others = observables.others.map(({ name, series }) => ({
    name,
    series: conditionScalar(series, name, true, remarks),
  }))
  const weightGroups = mapWeightGroups(observables.weightGroups ?? [], (series, role, group) =>
    conditionScalar(series, `${nameOf(role)} of ${group}`, false, remarks),
  )
  return { run: { ...observables, scalars, vectors, others, weightGroups }, remarks }
}

function nameOf(role: ScalarRole | VectorRole | WeightGroupRole): string {
  return role.replaceAll('_', ' ')
}

function conditionScalar(series: ScalarSeries, name: string, isState: boolean, remarks: string[]): ScalarSeries {
  const { steps, values } = orderRows({ ...series, dimension: 1 }, name, remarks)
  const ordered = { steps, values: flush(values) }
  const unusable = isState ? 0 : ordered.values.reduce((count, value) => count + (isUsable(value) ? 0 : 1), 0)
  if (unusable === 0) return ordered
  remarks.push(`${unusable} of ${values.length} values of ${name} are not finite and left out`)
  const isKept = (_: number, i: number) => isUsable(ordered.values[i] ?? Number.NaN)
  return { steps: steps.filter(isKept), values: ordered.values.filter(isKept) }
}

function areIncreasing(steps: Float64Array): boolean {
  for (let i = 1; i < steps.length; i += 1) if (!((steps[i] ?? Number.NaN) > (steps[i - 1] ?? Number.NaN))) return false
  return true
}

/** Rows whose step is below that of every later row: the last attempt. */
function orderRows(series: VectorSeries, name: string, remarks: string[]): VectorSeries {
  const { steps, dimension, values } = series
  if (areIncreasing(steps)) return series
  const kept: number[] = []
  let next = Number.POSITIVE_INFINITY
  for (let row = steps.length - 1; row >= 0; row -= 1) {
    const step = steps[row] ?? Number.NaN
    if (!(step < next)) continue
    kept.push(row)
    next = step
  }
  kept.reverse()
  remarks.push(
    `steps of ${name} repeat or go back: ${steps.length - kept.length} of ${steps.length} points are superseded by later ones`,
  )
  const chosen = new Float64Array(kept.length * dimension)
  kept.forEach((row, i) => chosen.set(values.subarray(row * dimension, (row + 1) * dimension), i * dimension))
  return { steps: Float64Array.from(kept, (row) => steps[row] ?? Number.NaN), dimension, values: chosen }
}

function flushVector(series: VectorSeries): VectorSeries {
  return { ...series, values: flush(series.values) }
}

function flush(values: Float64Array): Float64Array {
  let flushed: Float64Array | undefined
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? Number.NaN
    if (value === 0 || !(Math.abs(value) < smallestUsable)) continue
    flushed ??= values.slice()
    flushed[i] = 0
  }
  return flushed ?? values
}
