import { alignedRows } from './alignSeries.ts'
import { halfBatchSignal } from './halfBatchSignal.ts'
import type { GapSource, RunObservables, ScalarSeries, VectorSeries } from './observables.ts'

/**
 * Adds the scalar roles that follow from recorded ones, in one place:
 * ‖∇f‖² from the exact norm or from components, ‖g‖² and without momentum g·v = ⟨g_t, g_{t−1}⟩ from components, the learning rate stays as recorded.
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
  const isPlain = (observables.config.momentum ?? 0) === 0
  const products =
    scalars.gradient_dot_buffer ??
    (isPlain && vectors.stochastic_gradient ? consecutiveProducts(vectors.stochastic_gradient) : undefined)
  const dissipation = scalars.weights_dot_gradient ?? withDecay(observables)
  return {
    ...observables,
    scalars: {
      ...scalars,
      ...(gradient && { gradient_norm_squared: gradient }),
      ...(halves && !scalars.noise_trace && { noise_trace: halves.noise }),
      ...(dissipation && { weights_dot_gradient: dissipation }),
      ...(products && { gradient_dot_buffer: products }),
      ...(stochastic && { stochastic_gradient_norm_squared: stochastic }),
    },
    gapSource: gap?.source ?? (halves ? 'half-batches' : 'exact'),
    isDecayedGap: gap !== undefined && gap.series === scalars.decayed_gradient_norm_squared,
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

/** ⟨g_t, g_{t−1}⟩ where both steps were recorded. */
function consecutiveProducts({ steps, dimension, values }: VectorSeries): ScalarSeries {
  const rows = Array.from(steps, (_, row) => row).filter(
    (row) => row > 0 && (steps[row] ?? 0) - (steps[row - 1] ?? 0) === 1,
  )
  return {
    steps: Float64Array.from(rows, (row) => steps[row] ?? Number.NaN),
    values: Float64Array.from(rows, (row) => {
      let sum = 0
      for (let k = row * dimension; k < (row + 1) * dimension; k += 1)
        sum += (values[k] ?? Number.NaN) * (values[k - dimension] ?? Number.NaN)
      return sum
    }),
  }
}

/** θ·(g + λθ) from θ·g and ‖θ‖². Undefined without them, or without a known λ. */
function withDecay({ scalars, config: { weightDecay } }: RunObservables): ScalarSeries | undefined {
  const { weights_dot_loss_gradient: product, weight_norm_squared: norm } = scalars
  if (!product || weightDecay === undefined) return undefined
  if (weightDecay === 0) return product
  if (!norm) return undefined
  const { steps, values } = alignedRows([product, norm])
  const [products = new Float64Array(), norms = new Float64Array()] = values
  return { steps, values: products.map((value, i) => value + weightDecay * (norms[i] ?? Number.NaN)) }
}
