import { commonRows } from '../../series/commonRows.ts'
import { alignedRows } from '../observables/alignSeries.ts'
import type { RunObservables, VectorSeries } from '../observables/observables.ts'

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
  if (!signal) return 'needs ‖∇f‖²: record probe/gradient_norm or give the role gradient_norm'
  if (noise) return align(signal, noise, 'recorded')
  const { gradient, stochastic_gradient: batch } = vectors
  if (gradient && batch && gradient.dimension === batch.dimension)
    return align(signal, distanceSquared(gradient, batch), 'components')
  if (!norm || !hasOneObjective(observables))
    return 'needs tr Σ: record probe/noise_trace, or give the role noise_trace or those of half batches'
  const measured = align(signal, norm, 'norms')
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

/** ‖g‖² as fed to the optimiser includes weight decay: it goes with ‖∇f + λθ‖², and only draws that are independent of θ make the difference of the norms the noise. */
function hasOneObjective({ scalars, config }: RunObservables): boolean {
  const isDecayed = (config.weightDecay ?? 0) > 0
  return config.sampling !== 'reshuffled' && (!isDecayed || scalars.decayed_gradient_norm_squared !== undefined)
}

/** ‖a − b‖² at the steps that both have. */
function distanceSquared(a: VectorSeries, b: VectorSeries): { steps: Float64Array; values: Float64Array } {
  const [rowsOfA = new Int32Array(), rowsOfB = new Int32Array()] = commonRows([a.steps, b.steps])
  const values = Float64Array.from(rowsOfA, (row, i) => {
    const other = (rowsOfB[i] ?? 0) * a.dimension
    let sum = 0
    for (let k = 0; k < a.dimension; k += 1)
      sum += ((a.values[row * a.dimension + k] ?? Number.NaN) - (b.values[other + k] ?? Number.NaN)) ** 2
    return sum
  })
  return { steps: Float64Array.from(rowsOfA, (row) => a.steps[row] ?? Number.NaN), values }
}
