import type { RunObservables } from '#core/diagnostics/observables/observables.ts'
import { createRandomGenerator } from '#core/random/randomGenerator.ts'
import { observablesFromColumns } from './simulations.ts'

/**
 * ‖w‖² of scale-invariant weights driven by gradient noise (q8): w' = (1 − ηλ)w − ηg with g at right angles to w and ‖g‖² = σ²χ²_{d−1}/‖w‖², so that
 * ‖w'‖² = (1 − ηλ)²‖w‖² + η²‖g‖². Without decay the norm grows for ever.
 */
export function scaleInvariantNorm(p: {
  dimension: number
  eta: number
  lambda: number
  start: number
  n: number
  seed: number
}): RunObservables {
  const random = createRandomGenerator(p.seed)
  const norm = new Float64Array(p.n)
  let square = p.start
  for (let t = 0; t < p.n; t += 1) {
    norm[t] = square
    // χ² with many degrees of freedom, by its normal limit.
    const freedom = p.dimension - 1
    const chi = Math.max(0, freedom + Math.sqrt(2 * freedom) * random.normal())
    square = (1 - p.eta * p.lambda) ** 2 * square + (p.eta ** 2 * chi) / square
  }
  return observablesFromColumns(
    { norm },
    { weight_norm_squared: 'norm' },
    { learningRate: p.eta, weightDecay: p.lambda },
  )
}

/** A loss that grows slowly until it bursts and falls back, at nearly even intervals, as with normalisation and weight decay (Lobacheva et al. 2021). */
export function bursts(p: { period: number; jitter: number; height: number; n: number; seed: number }): RunObservables {
  const random = createRandomGenerator(p.seed)
  const loss = new Float64Array(p.n)
  const gap = new Float64Array(p.n)
  let phase = random.uniform()
  for (let t = 0; t < p.n; t += 1) {
    phase += (1 + p.jitter * random.normal()) / p.period
    phase -= Math.floor(phase)
    const burst = Math.exp(-0.5 * ((phase - 0.5) / 0.06) ** 2)
    loss[t] = 0.001 * (1 + 0.05 * random.normal()) + p.height * burst
    gap[t] = 0.005 ** 2 * (1 + 0.05 * random.normal()) + (p.height * burst) ** 2
  }
  return observablesFromColumns({ loss, gap }, { loss: 'loss', gradient_norm_squared: 'gap' }, { learningRate: 0.1 })
}

/** Weights of SGD with batch size 1 on a noisy least-squares problem of five random examples in two dimensions (q7), measured from the solution; weights only. */
export function leastSquaresSgd(p: { eta: number; n: number; seed: number }): RunObservables {
  const random = createRandomGenerator(p.seed)
  const inputs = Array.from({ length: 5 }, () => [random.normal(), random.normal()] as const)
  const residuals = inputs.map(() => 0.5 * random.normal())
  const theta0 = new Float64Array(p.n)
  const theta1 = new Float64Array(p.n)
  let [a, b] = [0, 0]
  for (let t = 0; t < p.n; t += 1) {
    theta0[t] = a
    theta1[t] = b
    const i = random.integer(inputs.length)
    const [x, y] = inputs[i] ?? [0, 0]
    const error = x * a + y * b - (residuals[i] ?? 0)
    a -= p.eta * error * x
    b -= p.eta * error * y
  }
  return observablesFromColumns({ theta0, theta1 }, { weights: ['theta0', 'theta1'] }, { learningRate: p.eta })
}
