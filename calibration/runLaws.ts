import type { RunObservables } from '#core/diagnostics/observables/observables.ts'
import type { RandomGenerator } from '#core/random/randomGenerator.ts'
import { normLaw } from './normLaw.ts'
import { gaussian, studentT, type Innovation } from './nullSeries.ts'
import { simulateQuadratic, type Quadratic } from './quadraticRun.ts'
import { quadraticTruths } from './quadraticTruths.ts'

/** A stationary run whose moments are known exactly, for the intervals that only a run has: ratios, balance, displacement, relations. */
export interface RunLaw {
  readonly name: string
  /** Not stationary: its intervals are judged whatever the number of effective samples. */
  readonly isMoving?: boolean
  /** A run of n steps in its stationary law. */
  readonly simulate: (n: number, random: RandomGenerator) => RunObservables
  /** What the intervals of `runIntervals.ts` should cover in a run of n steps; those without an entry are not known exactly. */
  readonly truths: (n: number) => Readonly<Record<string, number>>
}

const plain = (name: string, phi: number, more: Partial<Quadratic> = {}): RunLaw =>
  quadratic(name, { curvatures: [1, 1.5], learningRate: 1 - phi, momentum: 0, ...more })

function quadratic(
  name: string,
  more: Partial<Quadratic> & Pick<Quadratic, 'curvatures' | 'learningRate' | 'momentum'>,
) {
  const law: Quadratic = { noise: gaussian, isGaussian: true, gapProbes: 0, ...more }
  return {
    name,
    simulate: (n: number, random: RandomGenerator) => simulateQuadratic(law, n, random),
    truths: (n: number) => quadraticTruths(law, n),
  }
}

/** Student's t in units of its standard deviation: of 5 degrees of freedom squares have a variance, of 3 they have none. */
const heavyNoise =
  (freedom: number): Innovation =>
  (random) =>
    studentT(random, freedom) / Math.sqrt(freedom / (freedom - 2))

export const runLaws: readonly RunLaw[] = [
  ...[0, 0.5, 0.9, 0.97].map((phi) => plain(`SGD, φ = ${phi}`, phi)),
  plain('SGD, φ = 0.9, ‖∇f‖² from 4 batches', 0.9, { gapProbes: 4 }),
  quadratic('heavy ball, 5 weights', { curvatures: [0.1, 0.3, 1, 3, 10], learningRate: 0.05, momentum: 0.9 }),
  plain('SGD, φ = 0.9, noise Student t(5)', 0.9, { noise: heavyNoise(5), isGaussian: false }),
  plain('SGD, φ = 0.9, noise Student t(3)', 0.9, { noise: heavyNoise(3), isGaussian: false }),
  ...[0.5, 0.9, 0.97, 1].map(normLaw),
]
