import { halfBatchSignal } from './halfBatchSignal.ts'
import type { GapSource, RunObservables, ScalarSeries, VectorSeries } from './observables.ts'

/**
 * Adds the scalar roles that follow from recorded ones, in one place:
 * ‖∇f‖² from the exact norm or from components, ‖g‖² from components, the learning rate stays as recorded.
 * The exact norm is preferred to an unbiased estimate when it was recorded at least half as often: it has no sampling noise.
 * Where the gradient of the objective with weight decay was recorded, it is the gap: that objective is what the run descends.
 * What is recorded already is never replaced by something derived from fewer points. Where no gradient of the full objective was recorded at all, the halves of training batches stand in for it.
 */
export function deriveRoles(observables: RunObservables): RunObservables {
  const { scalars, vectors } = observables
  const gap = preferredGap(observables)
  const halves = halfBatchSignal(observables)
  const gradient = gap?.series ?? halves?.signal
  const stochastic =
    scalars.stochastic_gradient_norm_squared ??
    (vectors.stochastic_gradient && squaredNorm(vectors.stochastic_gradient))
  return {
    ...observables,
    scalars: {
      ...scalars,
      ...(gradient && { gradient_norm_squared: gradient }),
      ...(halves && !scalars.noise_trace && { noise_trace: halves.noise }),
      ...(stochastic && { stochastic_gradient_norm_squared: stochastic }),
    },
    gapSource: gap?.source ?? (halves ? 'half-batches' : 'exact'),
  }
}

function preferredGap(observables: RunObservables): { series: ScalarSeries; source: GapSource } | undefined {
  const { scalars, vectors } = observables
  const decayed = scalars.decayed_gradient_norm_squared
  if (decayed && isDecayed(observables)) return { series: decayed, source: 'exact' }
  const exact = vectors.gradient
    ? squaredNorm(vectors.gradient)
    : scalars.gradient_norm && square(scalars.gradient_norm)
  const recorded = scalars.gradient_norm_squared
  if (exact && !(recorded && exact.steps.length < recorded.steps.length / 2)) return { series: exact, source: 'exact' }
  const source = scalars.gradient_norm_squared_standard_error ? 'unbiased' : 'exact'
  return recorded && { series: recorded, source }
}

function isDecayed({ scalars, config }: RunObservables): boolean {
  const decayed = scalars.decayed_gradient_norm_squared?.steps.length ?? 0
  const plain = Math.max(scalars.gradient_norm?.steps.length ?? 0, scalars.gradient_norm_squared?.steps.length ?? 0)
  return (config.weightDecay ?? 0) > 0 && decayed > 0 && decayed >= plain / 2
}

function square(series: ScalarSeries): ScalarSeries {
  return { steps: series.steps, values: series.values.map((value) => value * value) }
}

function squaredNorm({ steps, dimension, values }: VectorSeries): ScalarSeries {
  const squares = Float64Array.from(steps, (_, row) => {
    let sum = 0
    for (let k = 0; k < dimension; k += 1) sum += (values[row * dimension + k] ?? Number.NaN) ** 2
    return sum
  })
  return { steps, values: squares }
}
