import { normSquared } from '../../../linearAlgebra/vector.ts'
import { commonRows } from '../../../series/commonRows.ts'
import { mean } from '../../../statistics/moments.ts'
import { alignedRows } from '../../observables/alignSeries.ts'
import { objectiveGap } from '../../observables/objective.ts'
import type { RunObservables, ScalarSeries, VectorSeries } from '../../observables/observables.ts'

/** Noise and signal of one training batch at common steps, of equal length. */
export interface MeasuredNoise {
  readonly steps: Float64Array
  /** tr Σ. */
  readonly noise: Float64Array
  /** ‖∇f‖². */
  readonly signal: Float64Array
  /** As recorded (or from the halves of batches), from the components of g and ∇f, or from their norms. */
  readonly source: 'recorded' | 'components' | 'norms'
}

const fewestPoints = 3

/** tr Σ beside ‖∇f‖², from the best that was recorded; else what is needed. */
export function measureNoise(observables: RunObservables): MeasuredNoise | string {
  const { scalars, vectors } = observables
  const { gradient_norm_squared: signal, noise_trace: noise, stochastic_gradient_norm_squared: norm } = scalars
  const objective = objectiveGap(observables)
  if (!signal) return 'needs ‖∇f‖²: record probe/gradient_norm or give the role gradient_norm'
  if (noise) return align(signal, noise, 'recorded')
  const { gradient, stochastic_gradient: batch } = vectors
  if (gradient && batch && gradient.dimension === batch.dimension) return ofComponents(signal, gradient, batch)
  if (!norm || !objective || observables.config.sampling === 'reshuffled')
    return 'needs tr Σ: record probe/noise_trace, or give the role noise_trace or those of half batches'
  // ‖g‖² as fed to the optimiser includes weight decay, and only draws that are independent of θ make the difference of the norms the noise.
  const measured = align(objective, norm, 'norms')
  if (typeof measured === 'string') return measured
  return { ...measured, noise: measured.noise.map((value, i) => value - (measured.signal[i] ?? Number.NaN)) }
}

function align(
  signal: { steps: Float64Array; values: Float64Array },
  noise: { steps: Float64Array; values: Float64Array },
  source: MeasuredNoise['source'],
): MeasuredNoise | string {
  const { steps, values } = alignedRows([signal, noise])
  if (steps.length < fewestPoints)
    return `needs ‖∇f‖² and tr Σ at ${fewestPoints} common steps or more, there are ${steps.length}`
  return { steps, signal: values[0] ?? new Float64Array(), noise: values[1] ?? new Float64Array(), source }
}

/** The mean of g − ∇f as a share of its size, in which one of the two must hold something that the other does not, such as weight decay. */
const foreignShare = 0.01
/** That share by chance: of n independent differences ‖mean‖² less its expectation has a standard deviation of at most √2/n. */
const chance = 6

/** tr Σ from ‖g − ∇f‖², or why not: where only one of them holds weight decay their difference has a mean. */
function ofComponents(signal: ScalarSeries, gradient: VectorSeries, batch: VectorSeries): MeasuredNoise | string {
  const { squares, meanSquare } = differencesOf(gradient, batch)
  const count = squares.values.length
  const size = mean(squares.values)
  const excess = (count * meanSquare - size) / Math.max(1, count - 1)
  return excess > Math.max(foreignShare, chance / count) * size
    ? 'needs g and ∇f of one objective: their difference has a mean that is not zero, as where only one of them holds weight decay'
    : align(signal, squares, 'components')
}

/** ‖a − b‖² at the steps that both have, and ‖mean of a − b‖². */
function differencesOf(a: VectorSeries, b: VectorSeries): { squares: ScalarSeries; meanSquare: number } {
  const [rowsOfA = new Int32Array(), rowsOfB = new Int32Array()] = commonRows([a.steps, b.steps])
  const sums = new Float64Array(a.dimension)
  const values = Float64Array.from(rowsOfA, (row, i) => {
    const other = (rowsOfB[i] ?? 0) * a.dimension
    let square = 0
    for (let k = 0; k < a.dimension; k += 1) {
      const difference = (a.values[row * a.dimension + k] ?? Number.NaN) - (b.values[other + k] ?? Number.NaN)
      sums[k] = (sums[k] ?? 0) + difference
      square += difference ** 2
    }
    return square
  })
  const steps = Float64Array.from(rowsOfA, (row) => a.steps[row] ?? Number.NaN)
  return { squares: { steps, values }, meanSquare: normSquared(sums) / values.length ** 2 }
}
