import { describe, expect, it } from 'vitest'
import { compareLaws } from '#core/diagnostics/acrossRuns/compareLaws.ts'
import type { DiagnosedSeed } from '#core/diagnostics/acrossRuns/acrossRunsTypes.ts'
import { diagnoseAcrossRuns } from '#core/diagnostics/acrossRuns/diagnoseAcrossRuns.ts'
import { diagnoseRun } from '#core/diagnostics/diagnoseRun.ts'
import type { RunObservables } from '#core/diagnostics/observables/observables.ts'
import { createRandomGenerator } from '#core/random/randomGenerator.ts'
import { rankNormalisedSplitRhat } from '#core/statistics/splitRhat.ts'
import { agrees, readReference, readTrace } from '../statistics/referenceTraces.ts'
import { gradientDescent, observablesFromColumns, quadraticSgd, type Roles } from '#calibration/simulations.ts'

const lossOf = (theta: Float64Array) => theta.map((x) => (x * x - 1) ** 2 / 4)

function seedsOfTrace(name: string, learningRate: number, roles: Roles): DiagnosedSeed[] {
  return Object.entries(readTrace(name).columns).map(([seed, theta]) => {
    const columns = { theta, loss: lossOf(theta) }
    const used = Object.fromEntries(
      Object.entries(columns).filter(([key]) => Object.values(roles).flat().includes(key)),
    )
    return diagnosed({ ...observablesFromColumns(used, roles, { learningRate }), runId: seed, name: seed })
  })
}

const diagnosed = (observables: RunObservables): DiagnosedSeed => ({ observables, diagnosis: diagnoseRun(observables) })

const quadratic = (seed: number, change: Partial<Parameters<typeof quadraticSgd>[0]> = {}) =>
  diagnosed({
    ...quadraticSgd({ h: 1, eta: 0.1, sigma: 1, n: 6000, seed, ...change }),
    runId: `s${seed}`,
    name: `s${seed}`,
  })

describe.each(['q3a_doublewell_stuck', 'q3b_doublewell_mixing'])('laws of %s', (name) => {
  const reference = readReference().at('problems', name, 'on_trace')
  const chains = Object.values(readTrace(name).columns).map((chain) => chain.slice(500))
  const compare = (observable: (chain: Float64Array) => Float64Array) =>
    compareLaws(
      chains.map((chain) => [observable(chain)]),
      { significance: 0.01, minimumEffectiveSampleSize: 50, seed: 1 },
    )

  it('have the R̂ and the distances of the reference', () => {
    const theta = compare((chain) => chain)
    expect(agrees(theta.rhat, reference.number('theta', 'rhat_rank_arviz'))).toBe(true)
    expect(agrees(compare(lossOf).rhat, reference.number('loss', 'rhat_rank_arviz'))).toBe(true)
    const wrong = theta.distances.wasserstein1.flatMap((row, i) =>
      row.filter((distance, j) => !agrees(distance, reference.number('pair_w1', i, j))),
    )
    expect(wrong).toEqual([])
  })
})

describe('diagnoseAcrossRuns', () => {
  it('cannot say where a seed is given twice, whatever was recorded', () => {
    const seeds = [1, 2, 3, 4].map((seed) => ({ ...quadratic(seed), seed }))
    expect(diagnoseAcrossRuns(seeds).verdict.id).toBe('one-law-across-seeds')
    const repeated = diagnoseAcrossRuns(seeds.map((one, i) => ({ ...one, seed: i === 3 ? 1 : one.seed })))
    expect(repeated.verdict).toMatchObject({
      id: 'cannot-say',
      detail: 'Cannot say because s1, s4 have the same seed 1: one seed is one sample, however often it is given.',
    })
  })

  it('compares every step of the window that it names', () => {
    const seeds = [1, 2, 3, 4].map((seed) => quadratic(seed))
    const { rhat, window } = diagnoseAcrossRuns(seeds)
    const chains = seeds.map(({ observables }) => observables.vectors.weights?.values.slice(window.from, window.to + 1))
    expect(window.to - window.from).toBeGreaterThan(4500)
    expect(rhat['weights']).toBe(rankNormalisedSplitRhat(chains.filter((chain) => chain !== undefined)))
  })

  it('finds one law of the loss and two of the weights in q3a', () => {
    const across = diagnoseAcrossRuns(seedsOfTrace('q3a_doublewell_stuck', 0.05, { loss: 'loss', weights: ['theta'] }))
    expect(across.verdict.id).toBe('weight-laws-differ')
    expect(across.rhat['weights']).toBeCloseTo(1.745, 1)
    expect(across.rhat['loss']).toBeLessThan(1.01)
    const distances = across.distances['weights']
    expect(distances?.relative[0]?.[1]).toBeLessThan(5)
    expect(distances?.relative[0]?.[2]).toBeGreaterThan(20)
    expect(distances?.smallestP).toBeCloseTo(1 / 105, 12)
    // Two runs share each well, so 9 of the 105 pairings are as close as the true one but for chance.
    expect(distances?.p).toBeLessThan(0.1)
    expect(across.distances['loss']?.p).toBeGreaterThan(0.01)
  })

  it('says that the laws of q3a differ when only the weights are known', () => {
    const across = diagnoseAcrossRuns(seedsOfTrace('q3a_doublewell_stuck', 0.05, { weights: ['theta'] }))
    expect(across.verdict.id).toBe('per-seed-laws-differ')
    expect(across.verdict.detail).toContain('R̂ of weights is 1.7')
  })

  it('finds one law in q3b', () => {
    const across = diagnoseAcrossRuns(seedsOfTrace('q3b_doublewell_mixing', 0.1, { loss: 'loss', weights: ['theta'] }))
    expect(across.verdict.id).toBe('one-law-across-seeds')
  })

  it('finds one law in SGD on a quadratic, and another one when a seed has another noise', () => {
    const seeds = [1, 2, 3, 5].map((seed) => quadratic(seed))
    expect(diagnoseAcrossRuns(seeds).verdict.id).toBe('one-law-across-seeds')
    const louder = diagnoseAcrossRuns([...seeds, quadratic(4, { sigma: 1.5 })])
    expect(louder.verdict.id).toBe('per-seed-laws-differ')
    expect(louder.observables.find(({ observable }) => observable === 'loss')?.finding).toBe('different')
  })

  it('does not call one law what lies beyond chance, though R̂ is small', () => {
    const seeds = [1, 2, 3].map((seed) => quadratic(seed))
    const { observables, verdict } = diagnoseAcrossRuns([...seeds, quadratic(4, { sigma: 1.25 })])
    const loss = observables.find(({ observable }) => observable === 'loss')
    expect(loss?.rhat).toBeGreaterThan(loss?.rhatScatter ?? Number.NaN)
    expect(loss?.rhat).toBeLessThan(1.01)
    expect(loss?.finding).toBe('unresolved')
    expect(verdict.id).toBe('cannot-say')
    expect(verdict.detail).toMatch(/above what chance gives, 1\.00\d, though below the 1\.010 of a clear difference/)
  })

  it('takes a small R̂ for a difference where no other pairing of the half runs lies as close', () => {
    const scales = [1, 1.08, 1.16, 1.24]
    const runs = scales.map((scale, i) => [autoregression(0.5, 20_000, 40 + i).map((value) => scale * value)])
    const options = { significance: 0.01, minimumEffectiveSampleSize: 50, seed: 1 }
    const { rhat, isDifferent, distances } = compareLaws(runs, options)
    expect(rhat).toBeLessThan(1.01)
    expect(distances.p).toBeCloseTo(1 / 105, 12)
    expect(isDifferent).toBe(true)
  })

  it('names the seed that lies apart, and none where several do', () => {
    const seeds = [1, 2, 3].map((seed) => quadratic(seed))
    const one = diagnoseAcrossRuns([...seeds, quadratic(4, { sigma: 1.5 })])
    expect(one.verdict.summary).toBe('Not all seeds follow one law: s4 lies apart from the others.')
    const two = diagnoseAcrossRuns([...seeds.slice(1), quadratic(4, { sigma: 1.5 }), quadratic(5, { sigma: 1.5 })])
    expect(two.verdict).toMatchObject({
      id: 'per-seed-laws-differ',
      summary: 'Not all seeds follow one law.',
    })
  })

  it('truncates to the steps and the length that all runs have', () => {
    const across = diagnoseAcrossRuns([quadratic(1), quadratic(2, { n: 4000 })])
    expect(across.window).toEqual({ from: 1200, to: 3999 })
    expect(across.observables.map(({ sampleSize }) => sampleSize)).toEqual([2800, 2800, 2800])
  })

  it('is untested with one run', () => {
    expect(diagnoseAcrossRuns([quadratic(1)])).toMatchObject({ verdict: { id: 'untested' }, rhat: {}, distances: {} })
  })

  it.each([
    ['a run without a stationary law', () => diagnosed(gradientDescent({ h: [1, 0.25], eta: 0.1, n: 6000 }))],
    ['the same run again', () => quadratic(1)],
    ['no common observable', () => withoutLawBut(quadratic(2))],
  ])('cannot say with %s, and says why', (_, other) => {
    const { verdict } = diagnoseAcrossRuns([quadratic(1), other()])
    expect(verdict.id).toBe('cannot-say')
    expect(verdict.detail).toMatch(/^Cannot say because .{10}/)
  })

  it('cannot say when the runs are too short to show a difference', () => {
    const margins = { minimumEffectiveSampleSize: 1e5 }
    const { verdict, rhat } = diagnoseAcrossRuns([quadratic(1), quadratic(2)], { margins })
    expect(verdict.id).toBe('cannot-say')
    expect(verdict.detail).toContain('effective samples in a run and 2 runs; 100000 and 4 are needed')
    expect(rhat['loss']).toBeGreaterThan(0.99)
  })

  it('asks for four runs before it calls their law one, and shows R̂ meanwhile', () => {
    const { verdict, rhat } = diagnoseAcrossRuns([1, 2, 3].map((seed) => quadratic(seed)))
    expect(verdict).toMatchObject({ id: 'cannot-say' })
    expect(verdict.detail.match(/with 3 runs; 4 are needed/g)).toHaveLength(1)
    expect(verdict.detail).toMatch(/R̂ of loss is [\d.]+, R̂ of gradient_norm_squared is /)
    expect(rhat['loss']).toBeLessThan(1.01)
    const margins = { minimumChainCount: 3 }
    expect(
      diagnoseAcrossRuns(
        [1, 2, 3].map((seed) => quadratic(seed)),
        { margins },
      ).verdict.id,
    ).toBe('one-law-across-seeds')
  })

  it.each([
    [0.9, 1500],
    [0.97, 2000],
    [0.995, 2000],
  ])(
    'finds a difference that is not there in fewer than 3 per cent of groups of AR(1) with φ = %d, n = %i',
    (phi, n) => {
      const alarms = Array.from({ length: 200 }, (_, group) => {
        const runs = [0, 1, 2, 3].map((i) => [autoregression(phi, n, 7 + 4 * group + i)])
        return compareLaws(runs, { significance: 0.01, minimumEffectiveSampleSize: 50, seed: 1 }).isDifferent
      })
      expect(alarms.filter(Boolean).length).toBeLessThan(6)
    },
    60_000,
  )
})

function autoregression(phi: number, n: number, seed: number): Float64Array {
  const random = createRandomGenerator(seed)
  let x = random.normal() / Math.sqrt(1 - phi ** 2)
  return Float64Array.from({ length: n }, () => (x = phi * x + random.normal()))
}

function withoutLawBut({ observables, diagnosis }: DiagnosedSeed): DiagnosedSeed {
  const { loss } = observables.scalars
  if (!loss) throw new Error('no loss')
  return { diagnosis, observables: { ...observables, scalars: {}, vectors: {}, others: [{ name: 'x', series: loss }] } }
}
