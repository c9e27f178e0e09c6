import type { Hyperparameters, RunObservables } from '#core/diagnostics/observables/observables.ts'
import type { RandomGenerator } from '#core/random/randomGenerator.ts'
import type { Innovation } from './nullSeries.ts'
import { observablesFromColumns, type Roles } from './simulations.ts'

/** Heavy ball on ½Σh_iθ_i² with independent gradient noise of unit variance in each coordinate; μ = 0 is plain SGD. */
export interface Quadratic {
  readonly curvatures: readonly number[]
  readonly learningRate: number
  readonly momentum: number
  readonly noise: Innovation
  readonly isGaussian: boolean
  /** Probe batches from which ‖∇f‖² is estimated without bias; 0 for the exact value. */
  readonly gapProbes: number
}

const burnIn = 1000
/** Gradients of one probe from which tr Σ is estimated. */
const noiseProbes = 4
export const batchSize = 8
/** Curvature that changes with the weights, as a stand-in for λ_max of a loss that is not quadratic. */
export const sharpnessAt = (first: number) => 1 + 0.1 * first * first

/** A run of n steps in its stationary law, with everything that the diagnostics read. */
export function simulateQuadratic(law: Quadratic, n: number, random: RandomGenerator): RunObservables {
  const { curvatures, learningRate: eta, momentum, noise } = law
  const theta = curvatures.map(() => 0)
  const velocity = curvatures.map(() => 0)
  const series = () => new Float64Array(n)
  const scalars = recordedNames.map(series)
  const weights = curvatures.map(series)
  const gradients = curvatures.map(series)
  for (let t = -burnIn; t < n; t += 1) {
    const full = curvatures.map((h, i) => h * (theta[i] ?? 0))
    const batch = full.map((value) => value + noise(random))
    const next = batch.map((value, i) => momentum * (velocity[i] ?? 0) + value)
    if (t >= 0) {
      const step = recordStep(law, { theta, velocity, full, batch, next }, random)
      recordedNames.forEach((name, k) => scalars[k]?.fill(step[name], t, t + 1))
      theta.forEach((value, i) => weights[i]?.fill(value, t, t + 1))
      batch.forEach((value, i) => gradients[i]?.fill(value, t, t + 1))
    }
    next.forEach((value, i) => {
      velocity[i] = value
      theta[i] = (theta[i] ?? 0) - eta * value
    })
  }
  const named = (name: string, columns: readonly Float64Array[]) => columns.map((column, i) => [`${name}${i}`, column])
  const columns: Record<string, Float64Array> = Object.fromEntries([
    ...recordedNames.map((name, k) => [name, scalars[k]]),
    ...named('theta', weights),
    ...named('batch', gradients),
  ])
  return observablesFromColumns(columns, rolesOf(law), configOf(law))
}

const recordedNames = [
  'loss',
  'gap',
  'g2',
  'w2',
  'wg',
  'wu',
  'u2',
  'v2',
  'fv',
  'vhv',
  'fhf',
  'ghg',
  'trace',
  'sharpness',
] as const

const configOf = ({ learningRate, momentum }: Quadratic): Hyperparameters => ({ learningRate, momentum, batchSize })

function rolesOf({ curvatures, momentum }: Quadratic): Roles {
  const vector = (name: string) => curvatures.map((_, i) => `${name}${i}`)
  return {
    loss: 'loss',
    gradient_norm_squared: 'gap',
    stochastic_gradient_norm_squared: 'g2',
    weight_norm_squared: 'w2',
    weights_dot_gradient: 'wg',
    weights_dot_update: 'wu',
    update_norm_squared: 'u2',
    gradient_dot_next_buffer: 'fv',
    next_buffer_hessian_form: 'vhv',
    gradient_hessian_form: 'fhf',
    stochastic_gradient_hessian_form: 'ghg',
    noise_trace: 'trace',
    sharpness: 'sharpness',
    weights: vector('theta'),
    // Pflug's product comes from the components; with momentum there is none.
    ...(momentum === 0 ? { stochastic_gradient: vector('batch') } : { buffer_norm_squared: 'v2' }),
  }
}

interface Step {
  readonly theta: readonly number[]
  readonly velocity: readonly number[]
  readonly full: readonly number[]
  readonly batch: readonly number[]
  readonly next: readonly number[]
}

const product = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, i) => sum + value * (b[i] ?? Number.NaN), 0)

function recordStep(
  { curvatures, learningRate, noise, gapProbes }: Quadratic,
  { theta, velocity, full, batch, next }: Step,
  random: RandomGenerator,
): Record<(typeof recordedNames)[number], number> {
  const form = (v: readonly number[]) => v.reduce((sum, value, i) => sum + (curvatures[i] ?? 0) * value * value, 0)
  const probes = Array.from({ length: Math.max(noiseProbes, gapProbes) }, () =>
    full.map((value) => value + noise(random)),
  )
  return {
    loss: form(theta) / 2,
    gap: gapProbes > 0 ? signalOf(probes.slice(0, gapProbes)) : product(full, full),
    g2: product(batch, batch),
    w2: product(theta, theta),
    wg: product(theta, batch),
    wu: -learningRate * product(theta, next),
    u2: learningRate ** 2 * product(next, next),
    v2: product(velocity, velocity),
    fv: product(full, next),
    vhv: form(next),
    fhf: form(full),
    // Of a batch that neither the training step nor the noise trace has seen.
    ghg: form(full.map((value) => value + noise(random))),
    trace: traceOf(probes.slice(0, noiseProbes)),
    sharpness: sharpnessAt(theta[0] ?? 0),
  }
}

const sumOf = (vectors: readonly (readonly number[])[]) =>
  (vectors[0] ?? []).map((_, k) => vectors.reduce((sum, vector) => sum + (vector[k] ?? 0), 0))

/** The U-statistic of ‖∇f‖², and the unbiased tr Σ. */
function signalOf(gradients: readonly (readonly number[])[]): number {
  const [m, sum] = [gradients.length, sumOf(gradients)]
  return (product(sum, sum) - gradients.reduce((all, g) => all + product(g, g), 0)) / (m * (m - 1))
}

function traceOf(gradients: readonly (readonly number[])[]): number {
  const [m, sum] = [gradients.length, sumOf(gradients)]
  return (gradients.reduce((all, g) => all + product(g, g), 0) - product(sum, sum) / m) / (m - 1)
}
