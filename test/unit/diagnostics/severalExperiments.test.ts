import { describe, expect, it } from 'vitest'
import type { DiagnosedSeed, Settings } from '#core/diagnostics/acrossRuns/acrossRunsTypes.ts'
import { diagnoseAcrossRuns } from '#core/diagnostics/acrossRuns/diagnoseAcrossRuns.ts'
import { diagnoseRun } from '#core/diagnostics/diagnoseRun.ts'
import { groupSeeds } from '#core/diagnostics/acrossRuns/groupSeeds.ts'
import { mappableObservables, runMap } from '#core/diagnostics/acrossRuns/runMap.ts'
import { scalingChecks } from '#core/diagnostics/acrossRuns/scalingChecks.ts'
import { quadraticSgd } from '#calibration/simulations.ts'

const sigma = 1
const variance = (eta: number) => (eta * sigma ** 2) / (2 - eta)

function run(eta: number, seed: number, settings?: Settings): DiagnosedSeed {
  const name = `η${eta} s${seed}`
  const simulated = { ...quadraticSgd({ h: 1, eta, sigma, n: 6000, seed }), runId: name, name }
  // θ is recorded as the output of the network, too: a law of its own that decides.
  const { weights } = simulated.vectors
  const observables = { ...simulated, vectors: { ...simulated.vectors, ...(weights && { function_outputs: weights }) } }
  return { observables, diagnosis: diagnoseRun(observables), ...(settings && { settings }) }
}

const three = (eta: number, first: number) => [0, 1, 2].map((k) => run(eta, first + k))
const low = three(0.05, 1)
const high = three(0.1, 11)

describe('diagnoseAcrossRuns with 3 + 3 runs at η and 2η', () => {
  const across = diagnoseAcrossRuns([...low, ...high])

  it('sorts them into two experiments, each with its own R̂ and verdict', () => {
    expect(across.groups.map(({ label, runIds }) => [label, runIds.length])).toEqual([
      ['learning rate 0.05', 3],
      ['learning rate 0.1', 3],
    ])
    for (const group of across.groups) {
      expect(group.verdict.id).toBe('cannot-say')
      expect(group.verdict.detail).toContain('with 3 runs; 4 are needed')
      expect(group.rhat['loss']).toBeLessThan(1.02)
    }
    expect(across.rhat['loss']).toBeGreaterThan(Math.max(...across.groups.map(({ rhat }) => rhat['loss'] ?? NaN)))
  })

  it('reaches the smallest p of 3 + 3 runs and says that it decides nothing', () => {
    const between = across.betweenGroups
    expect(between).toMatchObject({ smallestP: 0.1, partitionCount: 10, isComplete: true })
    expect(between?.observables.find(({ observable }) => observable === 'loss')).toMatchObject({
      p: 0.1,
      finding: 'unresolved',
    })
    const holm = between?.observables.map(({ adjustedP }) => adjustedP) ?? []
    expect(Math.min(...holm)).toBeCloseTo(0.1 * holm.length, 12)
    expect(across.verdict.id).toBe('several-experiments')
    expect(across.verdict.summary).toContain('cannot be said with so few runs')
    expect(across.verdict.detail).toContain('the smallest p of 3 + 3 runs is 0.10')
  })

  it('has tr C and E‖∇f‖² in the ratio of the exact variances, near that of the learning rates', () => {
    const exact = variance(0.1) / variance(0.05)
    expect(across.betweenGroups?.scaling.map(({ quantity }) => quantity)).toEqual([
      'weight-covariance-trace',
      'gradient-norm-squared',
    ])
    for (const { ratio, low: from, high: to, predicted, finding } of across.betweenGroups?.scaling ?? []) {
      expect(predicted).toBeCloseTo(2, 12)
      expect(from).toBeLessThan(exact)
      expect(to).toBeGreaterThan(exact)
      expect(ratio).toBeGreaterThan(1.6)
      expect(finding).not.toBe('differs')
    }
    expect(across.betweenGroups?.notChecked.join()).toContain('loss gap ∝ η: the smallest loss is unknown')
  })

  it('maps the experiments apart, and the halves of a run beside each other', () => {
    const { map } = across
    expect(map?.observable).toBe('function_outputs')
    const loss = runMap(across, 'loss')
    const places = loss?.runs.map(({ x }) => x) ?? []
    expect(
      Math.max(...places.slice(0, 3)) < Math.min(...places.slice(3)) ||
        Math.min(...places.slice(0, 3)) > Math.max(...places.slice(3)),
    ).toBe(true)
    for (const { x, y, halves } of loss?.runs ?? []) {
      const [a, b] = halves
      if (!a || !b) throw new Error('a run has two halves')
      expect([(a.x + b.x) / 2, (a.y + b.y) / 2]).toEqual([x, y])
    }
    expect(mappableObservables(across.distances)[0]).toBe('function_outputs')
    expect(runMap(across, 'nothing')).toBeNull()
  })

  it('does not depend on the order of the runs, but for the order of what it gives', () => {
    const mixed = [low[0], high[0], low[1], high[1], low[2], high[2]].flatMap((one) => one ?? [])
    const other = diagnoseAcrossRuns(mixed)
    const pOf = ({ betweenGroups }: typeof across) =>
      betweenGroups?.observables.map(({ observable, p }) => [observable, p])
    expect(pOf(other)).toEqual(pOf(across))
    expect(other.groups.map(({ label }) => label)).toEqual(across.groups.map(({ label }) => label))
  })
})

describe('betweenGroups', () => {
  it('finds that laws differ once the runs suffice', () => {
    const runs = [...low, ...[4, 5].map((seed) => run(0.05, seed)), ...high, ...[14, 15].map((seed) => run(0.1, seed))]
    const { verdict, betweenGroups, groups } = diagnoseAcrossRuns(runs)
    expect(betweenGroups?.smallestP).toBeCloseTo(1 / 126, 12)
    expect(betweenGroups?.observables.find(({ observable }) => observable === 'loss')?.finding).toBe('different')
    expect(verdict.summary).toContain('Their laws differ')
    expect(groups.map((group) => group.verdict.id)).not.toContain('per-seed-laws-differ')
  }, 60_000)

  it('checks the loss gap with the smallest loss, or with a third learning rate', () => {
    const told = diagnoseAcrossRuns([...low, ...high].map((one) => ({ ...one, settings: { minimum_loss: 0 } })))
    const gap = told.betweenGroups?.scaling.find(({ quantity }) => quantity === 'loss-gap')
    const exact = variance(0.1) / variance(0.05)
    expect(gap?.predicted).toBeCloseTo(2, 12)
    expect(gap && gap.low < exact && exact < gap.high).toBe(true)
    const triple = diagnoseAcrossRuns([...low, ...high, ...three(0.2, 31)])
    expect(triple.betweenGroups?.scaling.find(({ quantity }) => quantity === 'loss-gap')?.predicted).toBeCloseTo(
      1 / 3,
      12,
    )
  }, 60_000)

  it('says why nothing scales where other settings differ, and why nothing is tested with one run each', () => {
    const one = run(0.05, 1, { weight_decay: 0.1, model: 'a' })
    const other = run(0.1, 2, { weight_decay: 0.2, model: 'a' })
    const { betweenGroups, groups, verdict } = diagnoseAcrossRuns([one, other])
    expect(betweenGroups?.notChecked).toEqual([
      'scaling with the learning rate: the experiments also differ in weight decay',
    ])
    expect(betweenGroups?.smallestP).toBeNaN()
    expect(groups.map((group) => group.verdict.id)).toEqual(['untested', 'untested'])
    expect(verdict.detail).toContain('at least one experiment needs a second run')
  })
})

describe('scalingChecks', () => {
  it('has intervals that hold the exact ratio in 95 of 100 cases', () => {
    const etas = [0.05, 0.1, 0.2] as const
    const experiments = etas.map((eta, g) => ({
      label: `${eta}`,
      settings: { learning_rate: eta },
      members: [0, 1, 2].map((k) => 3 * g + k),
    }))
    const repetitions = 120
    const exact = [variance(0.1) / variance(0.05), variance(0.2) / variance(0.05)]
    const exactShare = (variance(0.1) - variance(0.05)) / (variance(0.2) - variance(0.05))
    const held = Array.from({ length: repetitions }, (_, r) => {
      const simulated = etas.flatMap((eta, g) =>
        [0, 1, 2].map((k) => quadraticSgd({ h: 1, eta, sigma, n: 4000, seed: 5000 + 9 * r + 3 * g + k })),
      )
      const seeds = simulated.map((observables) => ({ observables, diagnosis: withoutSegments }))
      const aligned = [
        { observable: 'loss', isDeciding: true, runs: simulated.map(({ scalars }) => [scalars.loss?.values ?? none]) },
        {
          observable: 'weights',
          isDeciding: false,
          runs: simulated.map(({ vectors }) => [vectors.weights?.values ?? none]),
        },
      ]
      return scalingChecks(seeds, experiments, aligned, []).scaling.map(({ quantity, low: from, high: to }, i) => {
        const truth = quantity === 'loss-gap' ? exactShare : (exact[i] ?? NaN)
        return from < truth && truth < to
      })
    })
    for (const i of [0, 1, 2]) {
      const share = held.filter((checks) => checks[i]).length / repetitions
      expect(Math.abs(share - 0.95)).toBeLessThan(4 * Math.sqrt((0.95 * 0.05) / repetitions))
    }
  }, 60_000)
})

const none = new Float64Array()
const withoutSegments = {
  id: '',
  name: '',
  segments: [],
  diagnostics: [],
  verdict: {
    id: 'invariant-measure' as const,
    summary: '',
    detail: '',
    weakestLink: 'sample-size' as const,
    evidence: [],
  },
}

describe('groupSeeds', () => {
  const [one, other] = [low[0], low[1]]
  if (!one || !other) throw new Error('two runs are needed')
  const group = (a: Settings, b: Settings) =>
    groupSeeds([
      { ...one, settings: a },
      { ...other, settings: b },
    ])

  it('ignores seed, origin, length and recording', () => {
    expect(
      group(
        { seed: 1, imported_from: 'a.csv', steps: 10, 'probes.sketch.every': 5, 'derived.threads': 1 },
        { seed: 2, imported_from: 'b.csv', steps: 20, 'probes.sketch.every': 9, 'derived.threads': 2 },
      ),
    ).toEqual([{ label: '', settings: {}, members: [0, 1] }])
  })

  it('names what differs, also where one run does not know it', () => {
    expect(group({ hidden: '[32]' }, { hidden: '[64]' }).map(({ label }) => label)).toEqual([
      'hidden [32]',
      'hidden [64]',
    ])
    expect(group({ alpha: 1, batch_size: 8 }, { alpha: 2, batch_size: 16 }).map(({ label }) => label)).toEqual([
      'batch size 8, alpha 1',
      'batch size 16, alpha 2',
    ])
    const named = { label_noise: 0.1, kernel_size: 3, data_seed: 1 }
    expect(group(named, { ...named, label_noise: 0.2, kernel_size: 'my_kernel' }).map(({ label }) => label)).toEqual([
      'label noise 0.1, kernel size 3',
      'label noise 0.2, kernel size my_kernel',
    ])
    expect(group({}, { augmentation: true }).map(({ label }) => label)).toEqual([
      'augmentation unknown',
      'augmentation true',
    ])
  })
})
