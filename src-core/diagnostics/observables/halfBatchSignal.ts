import { signalOfHalves } from '../../statistics/gradientSignal.ts'
import { alignedRows } from './alignSeries.ts'
import type { Hyperparameters, RunObservables, ScalarSeries } from './observables.ts'

/**
 * ‖∇f‖² and tr Σ_B per step from ⟨g₁,g₂⟩, ‖g₁‖², ‖g₂‖² of the halves of the training batches, where all three were recorded at the same steps.
 * With reshuffling the finite-population form is used if the size of the training set is known; a bias stays: 9–14 % of ‖∇f‖² in the
 * three reshuffled reference traces of constant rate (test/fixtures/reference/reference_real.json).
 *
 * @returns undefined without the three series or a step that all have
 */
export function halfBatchSignal({
  scalars,
  config,
}: RunObservables): { signal: ScalarSeries; noise: ScalarSeries } | undefined {
  const {
    half_gradients_dot: dot,
    first_half_gradient_norm_squared: first,
    second_half_gradient_norm_squared: second,
  } = scalars
  if (!dot || !first || !second) return undefined
  const { steps, values } = alignedRows([dot, first, second])
  if (steps.length === 0) return undefined
  const share = drawnShare(config)
  const signals = Array.from(steps, (_, i) =>
    signalOfHalves(
      {
        dot: values[0]?.[i] ?? Number.NaN,
        first: values[1]?.[i] ?? Number.NaN,
        second: values[2]?.[i] ?? Number.NaN,
      },
      share,
    ),
  )
  return {
    signal: { steps, values: Float64Array.from(signals, ({ signal }) => signal) },
    noise: { steps, values: Float64Array.from(signals, ({ noise }) => noise) },
  }
}

/** B/N of a batch drawn without replacement; 0 for independent examples, and where the sizes are unknown. */
export function drawnShare({ sampling, batchSize, exampleCount, stepsPerEpoch }: Hyperparameters): number {
  if (sampling !== 'reshuffled' || batchSize === undefined) return 0
  const examples = exampleCount ?? (stepsPerEpoch ?? Number.NaN) * batchSize
  return examples >= batchSize ? batchSize / examples : 0
}
