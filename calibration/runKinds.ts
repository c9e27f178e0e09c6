import type { RunObservables } from '#core/diagnostics/observables/observables.ts'
import type { VerdictId } from '#core/diagnostics/verdict/verdictTypes.ts'
import type { RandomGenerator } from '#core/random/randomGenerator.ts'
import { bursts, leastSquaresSgd, scaleInvariantNorm } from './moreSimulations.ts'
import {
  doubleWell,
  gradientDescent,
  heavyBallQuadratic,
  quadraticSgd,
  scheduledSgd,
  slowLaw,
  wandering,
} from './simulations.ts'

/** A kind of run whose verdict is known, with parameters that are drawn anew for every run. */
export interface RunKind {
  readonly name: string
  /** The verdicts that are true of it; "not enough samples" is always allowed, and wanted where `isShort`. */
  readonly truth: readonly VerdictId[]
  /** Too short for a verdict by construction. */
  readonly isShort?: boolean
  readonly simulate: (random: RandomGenerator, seed: number) => RunObservables
}

const between = (random: RandomGenerator, low: number, high: number) => low + (high - low) * random.uniform()
/** Evenly on a logarithmic scale. */
const over = (random: RandomGenerator, low: number, high: number) =>
  Math.exp(between(random, Math.log(low), Math.log(high)))
const count = (random: RandomGenerator, low: number, high: number) => Math.round(over(random, low, high))

const curvatures = [0.1, 0.3, 1, 3, 10]

const stationary: readonly RunKind[] = [
  {
    name: 'SGD on a quadratic',
    truth: ['invariant-measure'],
    simulate: (r, seed) =>
      quadraticSgd({
        h: over(r, 0.3, 3),
        eta: over(r, 0.02, 0.5),
        sigma: over(r, 0.1, 5),
        n: count(r, 2000, 16_000),
        seed,
      }),
  },
  {
    name: 'SGD from far away',
    truth: ['invariant-measure'],
    simulate: (r, seed) =>
      quadraticSgd({
        h: 1,
        eta: over(r, 0.02, 0.5),
        sigma: 1,
        n: count(r, 4000, 12_000),
        start: between(r, 1, 5),
        seed,
      }),
  },
  {
    name: 'SGD that alternates (ηh > 1)',
    truth: ['invariant-measure'],
    simulate: (r, seed) =>
      quadraticSgd({ h: 1, eta: between(r, 1.2, 1.95), sigma: over(r, 0.1, 5), n: count(r, 2000, 8000), seed }),
  },
  {
    name: 'heavy ball',
    truth: ['invariant-measure'],
    simulate: (r, seed) =>
      heavyBallQuadratic({
        h: curvatures,
        eta: over(r, 0.02, 0.1),
        mu: between(r, 0.5, 0.95),
        n: count(r, 2000, 8000),
        seed,
      }),
  },
  {
    name: 'double well, mixing',
    truth: ['invariant-measure'],
    simulate: (r, seed) =>
      doubleWell({ eta: between(r, 0.05, 0.12), sigma: between(r, 2, 3.5), n: count(r, 2000, 8000), start: 1, seed }),
  },
  {
    name: 'double well, stuck',
    truth: ['invariant-measure'],
    simulate: (r, seed) =>
      doubleWell({ eta: between(r, 0.03, 0.08), sigma: between(r, 0.5, 1), n: count(r, 2000, 8000), start: 1, seed }),
  },
  {
    name: 'least squares, weights only',
    truth: ['invariant-measure'],
    simulate: (r, seed) => leastSquaresSgd({ eta: over(r, 0.05, 0.2), n: count(r, 2000, 8000), seed }),
  },
  {
    name: 'slow chain, fewer than 25 τ',
    truth: ['invariant-measure'],
    isShort: true,
    simulate: (r, seed) => quadraticSgd({ h: 1, eta: over(r, 0.004, 0.02), sigma: 1, n: count(r, 500, 1200), seed }),
  },
]

const converging: readonly RunKind[] = [
  {
    name: 'gradient descent',
    truth: ['stationary-point'],
    simulate: (r) =>
      gradientDescent({ h: [1, between(r, 0.1, 0.6)], eta: between(r, 0.2, 0.9), n: count(r, 200, 800) }),
  },
  {
    name: 'decaying learning rate',
    truth: ['stationary-point'],
    simulate: (r, seed) => {
      const c = between(r, 1, 4)
      const offset = over(r, 5, 60)
      return scheduledSgd({
        h: between(r, 0.7, 1.5),
        sigma: over(r, 0.3, 2),
        n: count(r, 2000, 8000),
        start: 3,
        seed,
        rate: (t) => c / (t + offset),
      })
    },
  },
  {
    name: 'limit cycle, without and with faint noise',
    truth: ['limit-cycle'],
    simulate: (r, seed) =>
      doubleWell({
        eta: between(r, 1.03, 1.23),
        sigma: seed % 2 === 0 ? 0 : over(r, 1e-4, 0.01),
        n: count(r, 300, 2000),
        start: between(r, 0.8, 0.95),
        seed,
      }),
  },
  {
    name: 'bursts at nearly even intervals',
    truth: ['limit-cycle', 'invariant-measure'],
    simulate: (r, seed) =>
      bursts({
        period: between(r, 60, 150),
        jitter: over(r, 0.01, 1),
        height: between(r, 0.05, 0.2),
        n: count(r, 3000, 10_000),
        seed,
      }),
  },
  {
    name: 'frozen (learning rate 0)',
    truth: ['no-variation'],
    simulate: (r) => gradientDescent({ h: [1, 2], eta: 0, n: count(r, 60, 2000) }),
  },
]

const moving: readonly RunKind[] = [
  {
    name: 'diverging',
    truth: ['diverged'],
    simulate: (r, seed) =>
      quadraticSgd({
        h: 1,
        eta: between(r, 2.02, 2.6),
        sigma: seed % 2 === 0 ? 0 : 1e-4,
        n: count(r, 100, 500),
        start: 0.001,
        seed,
      }),
  },
  {
    name: 'random walk',
    truth: ['drifting'],
    simulate: (r, seed) => wandering({ kind: 'walk', drift: 0, n: count(r, 1000, 10_000), seed }),
  },
  {
    name: 'random walk, 64 coordinates',
    truth: ['drifting'],
    simulate: (r, seed) => wandering({ kind: 'walk', drift: 0, n: count(r, 1000, 6000), seed, coordinates: 64 }),
  },
  {
    name: 'law as slow as its record',
    truth: ['invariant-measure'],
    isShort: true,
    simulate: (r, seed) =>
      slowLaw({ relaxations: over(r, 5, 20), coordinates: count(r, 1, 64), n: count(r, 1000, 6000), seed }),
  },
  {
    name: 'linear drift',
    truth: ['drifting'],
    simulate: (r, seed) => wandering({ kind: 'drift', drift: over(r, 0.003, 0.1), n: count(r, 2000, 8000), seed }),
  },
  {
    name: 'still descending',
    truth: ['still-descending'],
    simulate: (r, seed) =>
      quadraticSgd({
        h: 1,
        eta: over(r, 1e-4, 1e-3),
        sigma: over(r, 0.03, 0.3),
        n: count(r, 1000, 3000),
        start: 3,
        seed,
      }),
  },
  {
    name: 'norm growth without decay',
    truth: ['drifting'],
    simulate: (r, seed) =>
      scaleInvariantNorm({
        dimension: 200,
        eta: over(r, 0.03, 0.3),
        lambda: 0,
        start: over(r, 1, 10),
        n: count(r, 2000, 8000),
        seed,
      }),
  },
  {
    name: 'learning-rate change',
    truth: ['several-segments'],
    simulate: (r, seed) => {
      const eta = between(r, 0.1, 0.4)
      const factor = over(r, 3, 20)
      const n = count(r, 4000, 12_000)
      const at = Math.round(n * between(r, 0.3, 0.7))
      return scheduledSgd({ h: 1, sigma: 1, n, start: 0, seed, rate: (t) => (t < at ? eta : eta / factor) })
    },
  },
]

/** The kinds of the confusion matrix. Their parameters are drawn over ranges around, and not at, those of the reference traces. */
export const runKinds: readonly RunKind[] = [...stationary, ...converging, ...moving]
