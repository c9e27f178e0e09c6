import { describe, expect, it } from 'vitest'
import { diagnoseRun } from '#core/diagnostics/diagnoseRun.ts'
import type { RunObservables } from '#core/diagnostics/observables/observables.ts'
import type { VerdictId } from '#core/diagnostics/verdict/verdictTypes.ts'
import { createRandomGenerator, type RandomGenerator } from '#core/random/randomGenerator.ts'
import {
  doubleWell,
  gradientDescent,
  heavyBallQuadratic,
  quadraticSgd,
  observablesFromColumns,
  scheduledSgd,
  slowLaw,
  wandering,
} from '#calibration/simulations.ts'

const repetitions = 8

/** Verdict counts of freshly simulated runs whose parameters are drawn too. */
function countVerdicts(
  simulate: (random: RandomGenerator, seed: number) => RunObservables,
): Partial<Record<VerdictId, number>> {
  const counts: Partial<Record<VerdictId, number>> = {}
  for (let i = 0; i < repetitions; i += 1) {
    const { id } = diagnoseRun(simulate(createRandomGenerator(900 + i), 5000 + i)).verdict
    counts[id] = (counts[id] ?? 0) + 1
  }
  return counts
}

const between = (random: RandomGenerator, low: number, high: number) => low + (high - low) * random.uniform()

describe('verdicts of simulated runs with other parameters and seeds', () => {
  it.each<[string, VerdictId, (random: RandomGenerator, seed: number) => RunObservables]>([
    [
      'SGD on a quadratic',
      'invariant-measure',
      (r, seed) =>
        quadraticSgd({ h: between(r, 0.5, 2), eta: between(r, 0.05, 0.3), sigma: between(r, 0.3, 2), n: 8000, seed }),
    ],
    [
      'SGD from far away',
      'invariant-measure',
      (r, seed) => quadraticSgd({ h: 1, eta: between(r, 0.05, 0.2), sigma: 1, n: 8000, start: 3, seed }),
    ],
    [
      'SGD that alternates, not a cycle',
      'invariant-measure',
      (r, seed) => quadraticSgd({ h: 1, eta: between(r, 1.3, 1.9), sigma: 1, n: 6000, seed }),
    ],
    ['noise in a well', 'invariant-measure', (_, seed) => doubleWell({ eta: 0.1, sigma: 3, n: 6000, start: 1, seed })],
    [
      'gradient descent',
      'stationary-point',
      (r) => gradientDescent({ h: [1, between(r, 0.15, 0.6)], eta: between(r, 0.3, 0.8), n: 250 }),
    ],
    [
      'decaying learning rate',
      'stationary-point',
      (r, seed) => {
        const c = between(r, 1.5, 2.5)
        return scheduledSgd({ h: 1, sigma: 1, n: 4000, start: 3, seed, rate: (t) => c / (t + 20) })
      },
    ],
    [
      'too large a step',
      'diverged',
      (r) => gradientDescent({ h: [1], eta: between(r, 2.03, 2.4), n: 300, start: 0.001 }),
    ],
    [
      'period doubling',
      'limit-cycle',
      (r, seed) => doubleWell({ eta: between(r, 1.04, 1.22), sigma: 0, n: 500, start: 0.9, seed }),
    ],
    ['a noisy cycle', 'limit-cycle', (_, seed) => doubleWell({ eta: 1.1, sigma: 0.01, n: 600, start: 0.9, seed })],
    [
      'a change of learning rate',
      'several-segments',
      (r, seed) => {
        const eta = between(r, 0.1, 0.4)
        return scheduledSgd({ h: 1, sigma: 1, n: 8000, start: 0, seed, rate: (t) => (t < 4000 ? eta : eta / 10) })
      },
    ],
    [
      'linear drift',
      'drifting',
      (r, seed) => wandering({ kind: 'drift', drift: between(r, 0.005, 0.1), n: 4000, seed }),
    ],
    [
      'a slow descent along a curve',
      'still-descending',
      (r, seed) => quadraticSgd({ h: 1, eta: between(r, 0.0003, 0.001), sigma: 0.1, n: 2000, start: 3, seed }),
    ],
    [
      'slow descent',
      'still-descending',
      (_, seed) => quadraticSgd({ h: 1, eta: 0.0005, sigma: 0.1, n: 2000, start: 3, seed }),
    ],
    ['an even, frozen run', 'no-variation', () => gradientDescent({ h: [1], eta: 0, n: 300 })],
  ])('%s: %s', (_, verdict, simulate) => {
    expect(countVerdicts(simulate)).toEqual({ [verdict]: repetitions })
  })

  it('heavy ball: an invariant measure, or too few samples where the memory is long', () => {
    const counts = countVerdicts((r, seed) =>
      heavyBallQuadratic({ h: [0.1, 0.3, 1, 3, 10], eta: between(r, 0.03, 0.07), mu: 0.9, n: 3600, seed }),
    )
    expect((counts['invariant-measure'] ?? 0) + (counts['not-enough-samples'] ?? 0)).toBe(repetitions)
    expect(counts['invariant-measure'] ?? 0).toBeGreaterThanOrEqual(repetitions - 2)
  })

  it('a random walk: drifting, or too few samples, never a stationary law', () => {
    const counts = countVerdicts((_, seed) => wandering({ kind: 'walk', drift: 0, n: 4000, seed }))
    expect((counts.drifting ?? 0) + (counts['not-enough-samples'] ?? 0)).toBe(repetitions)
  })

  it('a random walk in 64 coordinates: drifting more often than not', () => {
    const counts = countVerdicts((_, seed) => wandering({ kind: 'walk', drift: 0, n: 4000, seed, coordinates: 64 }))
    expect((counts.drifting ?? 0) + (counts['not-enough-samples'] ?? 0)).toBe(repetitions)
    expect(counts.drifting ?? 0).toBeGreaterThanOrEqual(repetitions / 2)
  })

  it.each([1, 4, 16, 64])(
    'a stationary law as slow as its record, in %d coordinates: not enough samples',
    (coordinates) => {
      const counts = countVerdicts((random, seed) =>
        slowLaw({ relaxations: between(random, 7, 20), coordinates, n: 4000, seed }),
      )
      expect(counts).toEqual({ 'not-enough-samples': repetitions })
    },
  )

  it('a loss that falls geometrically to nothing: still descending, though no gradient was recorded', () => {
    const decay = (powers: number) => Float64Array.from({ length: 2000 }, (_, t) => 10 ** (1 - (powers * t) / 2000))
    for (const powers of [1, 10, 80, 300]) {
      const { verdict, diagnostics } = diagnoseRun(observablesFromColumns({ loss: decay(powers) }, { loss: 'loss' }))
      expect([powers, verdict.id, verdict.detail]).toEqual([
        powers,
        'still-descending',
        expect.stringContaining('alls'),
      ])
      const windows = diagnostics.find(({ id }) => id === 'window-distance')
      expect([powers, windows?.verdict, windows?.summary]).toEqual([
        powers,
        expect.stringMatching(/^(fail|unknown)$/),
        expect.not.stringContaining('follow one law'),
      ])
    }
  })

  it('a loss that falls by less than the margin: a stationary law, with the fall told', () => {
    const random = createRandomGenerator(31)
    let noise = 0
    const loss = Float64Array.from({ length: 20_000 }, (_, t) => {
      noise = 0.5 * noise + random.normal()
      return 5 + noise - (0.6 * t) / 20_000
    })
    const run = observablesFromColumns(
      { loss, gap: loss.map(() => 1 + 0.1 * random.normal()) },
      { loss: 'loss', gradient_norm_squared: 'gap' },
    )
    const { verdict, diagnostics } = diagnoseRun(run)
    expect(verdict.summary).toMatch(/Within its margin the loss still falls\.$/)
    expect(diagnostics.find(({ id }) => id === 'loss-stabilisation')?.verdict).toBe('warn')
  })

  it('weights of which a few walk among many that are confined: a law of the loss, none of the weights', () => {
    const counts = { confined: 0, wandering: 0 }
    for (let seed = 1; seed <= 8; seed += 1) {
      const random = createRandomGenerator(seed)
      const n = 6000
      const columns: Record<string, Float64Array> = { loss: new Float64Array(n) }
      for (let k = 0; k < 8; k += 1) {
        let x = 0
        columns[`w${k}`] = Float64Array.from({ length: n }, (_, t) => {
          x = (k < 2 ? 1 : 0.9) * x + 0.1 * random.normal()
          if (k >= 2) columns['loss']?.set([(columns['loss'][t] ?? 0) + x * x], t)
          return x
        })
      }
      const weights = Object.keys(columns).filter((name) => name !== 'loss')
      const { verdict, diagnostics } = diagnoseRun(observablesFromColumns(columns, { loss: 'loss', weights }))
      const displacement = diagnostics.find(({ id }) => id === 'displacement')
      expect(displacement?.estimate).toBeLessThan(0.8)
      if (displacement?.verdict === 'pass') counts.confined += 1
      if (displacement?.summary === 'The weights wander.') counts.wandering += 1
      expect(verdict.summary).not.toContain('What was recorded follows one stationary law')
    }
    expect(counts.confined).toBe(0)
    expect(counts.wandering).toBeGreaterThanOrEqual(3)
  })

  it('weights that go on though the gradient vanishes: no word of a point that they converge to', () => {
    const theta = Float64Array.from({ length: 4000 }, (_, t) => Math.log(1 + t))
    const columns = {
      theta,
      loss: theta.map((value) => Math.exp(-value)),
      gap: theta.map((value) => Math.exp(-2 * value)),
    }
    const run = observablesFromColumns(columns, { loss: 'loss', gradient_norm_squared: 'gap', weights: ['theta'] })
    const { verdict, diagnostics } = diagnoseRun({ ...run, config: { learningRate: 1 } })
    expect(verdict).toMatchObject({
      id: 'stationary-point',
      summary: 'The full gradient vanishes. The weights have not stopped: whether they come to rest is open.',
    })
    expect(diagnostics.find(({ id }) => id === 'displacement')?.summary).toBe(
      'The weights wander: γ tells how they move, not how far, and the gradient that moves them vanishes.',
    )
  })

  it('a run much shorter than its memory: not enough samples, unless it happens to look settled', () => {
    const counts = countVerdicts((_, seed) => quadraticSgd({ h: 1, eta: 0.02, sigma: 1, n: 800, seed }))
    expect((counts['not-enough-samples'] ?? 0) + (counts['invariant-measure'] ?? 0)).toBe(repetitions)
    expect(counts['not-enough-samples'] ?? 0).toBeGreaterThanOrEqual(repetitions - 1)
  })
})
