import { batchMeans } from '../../statistics/batchMeans.ts'
import type { RunObservables, ScalarRole, ScalarSeries, VectorRole, VectorSeries } from './observables.ts'
import { scalarRoles, vectorRoles } from './observables.ts'
import { everyNth, oddStride, thinRows } from './seriesRange.ts'
import { mapWeightGroups } from './weightGroups.ts'

/** More points than this add cost, not knowledge: what counts is the number of independent samples. */
const longestSeries = 131_072

/** Terms of relations that hold for sums over all steps: of k points their mean is kept, not the first. */
const summedRoles: ReadonlySet<ScalarRole> = new Set([
  'weights_dot_gradient',
  'stochastic_gradient_norm_squared',
  'buffer_norm_squared',
  'gradient_dot_buffer',
  'weights_dot_update',
  'update_norm_squared',
  'direction_norm_squared',
  'direction_dot_next_buffer',
])

/**
 * Keeps every k-th point of a series with more than 131 072, so that a diagnosis takes seconds at any length; shorter series are untouched. Terms of the fluctuation-dissipation relations are averaged over k points.
 * k is odd: an alternation of period two stays one. Divergence is looked for before, on every point.
 */
export function thinLongSeries(run: RunObservables): RunObservables {
  const scalars: { [Role in ScalarRole]?: ScalarSeries } = {}
  for (const role of scalarRoles) {
    const series = run.scalars[role]
    if (series) scalars[role] = summedRoles.has(role) ? averageScalars(series) : thinScalars(series)
  }
  const vectors: { [Role in VectorRole]?: VectorSeries } = {}
  for (const role of vectorRoles) {
    const series = run.vectors[role]
    if (series) vectors[role] = thinRows(series, longestSeries)
  }
  return {
    ...run,
    scalars,
    vectors,
    others: run.others.map(({ name, series }) => ({ name, series: thinScalars(series) })),
    ...(run.weightGroups && { weightGroups: mapWeightGroups(run.weightGroups, thinScalars) }),
  }
}

function thinScalars(series: ScalarSeries): ScalarSeries {
  const stride = oddStride(series.steps.length, longestSeries)
  if (stride <= 1) return series
  return { steps: everyNth(series.steps, stride), values: everyNth(series.values, stride) }
}

/** Means of k points at the step of the first; an incomplete rest at the end is left out. */
function averageScalars({ steps, values }: ScalarSeries): ScalarSeries {
  const stride = oddStride(steps.length, longestSeries)
  if (stride <= 1) return { steps, values }
  const count = Math.floor(steps.length / stride)
  return {
    steps: Float64Array.from({ length: count }, (_, i) => steps[i * stride] ?? Number.NaN),
    values: batchMeans(values.subarray(0, count * stride), count, stride),
  }
}
