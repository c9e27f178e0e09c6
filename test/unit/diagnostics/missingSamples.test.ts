import { describe, expect, it } from 'vitest'
import { observablesFromColumns, quadraticSgd, type Roles } from '#calibration/simulations.ts'
import { diagnoseRun } from '#core/diagnostics/diagnoseRun.ts'
import { defaultMargins } from '#core/diagnostics/results/margins.ts'
import { missingSamples, neededText } from '#core/diagnostics/verdict/missingSamples.ts'
import type { Hyperparameters, RunObservables } from '#core/diagnostics/observables/observables.ts'
import type { RunDiagnosis } from '#core/diagnostics/verdict/verdictTypes.ts'
import { createRandomGenerator } from '#core/random/randomGenerator.ts'
import { readTrace } from '../statistics/referenceTraces.ts'

const trace = (name: string, roles: Roles, config: Hyperparameters = {}) =>
  observablesFromColumns(readTrace(name).columns, roles, config)

/** All that is said of the run before its diagnostics. */
function told(observables: RunObservables): string {
  const { verdict, segments }: RunDiagnosis = diagnoseRun(observables)
  expect(verdict.id).toBe('not-enough-samples')
  const needed = segments.map((segment) => neededText(segment, defaultMargins))
  return [verdict.summary, verdict.detail, ...needed].join(' ').replaceAll(/\s/g, ' ')
}

/** Independent values around a level. */
function noise(count: number, level: number, deviation: number): Float64Array {
  const random = createRandomGenerator(7)
  return Float64Array.from({ length: count }, () => level + deviation * random.normal())
}

describe('a run without enough samples says what it needs', () => {
  it('more steps, where it is short', () => {
    expect(told(trace('e2_short', {}))).toMatch(/5 recorded points, 50 are needed\. have 3\.0, need 50 .*more steps$/)
  })

  it('more steps, where it remembers long', () => {
    const observables = trace('q8_scale_invariant', { weight_norm_squared: 'w2' }, { learningRate: 0.1 })
    expect(told(observables)).toMatch(/have 25, need 50 effective samples: about 6 100 more steps at this learning/)
  })

  it('a narrower interval, where the drift of the loss is unresolved', () => {
    const roles: Roles = {
      loss: 'full_loss',
      gradient_norm_squared: 'fullg2',
      weights: ['proj0', 'proj1', 'proj2', 'proj3'],
    }
    const diagnosis = diagnoseRun(trace('real_const_s1_steps', roles, { learningRate: 0.1, momentum: 0.9 }))
    const [segment] = diagnosis.segments
    if (!segment) throw new Error('no segment')
    const loss = segment.diagnostics.find(({ id }) => id === 'loss-stabilisation')
    if (!loss) throw new Error('no loss')
    expect([diagnosis.verdict.id, missingSamples(segment, defaultMargins)]).toEqual(['not-enough-samples', null])
    const factor = ((loss.high - loss.low) / 2 / (loss.marginHigh / 2)) ** 2
    const steps = Math.ceil((factor * (segment.to - segment.transientEnd + 1)) / 0.8 - (segment.to - segment.from + 1))
    expect(steps).toBeGreaterThan(0)
    const text = neededText(segment, defaultMargins).replaceAll(/\s/g, '')
    expect(text).toMatch(
      /^thedriftofthelossisknownto±\d+%ofitsstandarddeviation;±50%wouldshowarunwithoutdrifttohavenone:/,
    )
    const shown = Number(/:about(\d+)morestepsifnothingdrifts$/.exec(text)?.[1])
    expect([shown >= steps, shown < 1.1 * steps, shown % 100]).toEqual([true, true, 0])
  })

  it('a role, where the loss of batches alone was recorded', () => {
    const steps = Float64Array.from({ length: 2000 }, (_, i) => i)
    const loss = { steps, values: noise(2000, 1, 0.1) }
    const observables: RunObservables = {
      ...quadraticSgd({ h: 1, eta: 0.1, sigma: 1, n: 10, seed: 1 }),
      scalars: { loss },
      vectors: {},
      lossSource: 'batch',
    }
    expect(told(observables)).toMatch(/a full gradient norm is needed\. .*give the role gradient_norm/)
  })

  it('more steps, where the gradient cannot be told from zero', () => {
    const steps = Float64Array.from({ length: 2000 }, (_, i) => i)
    const observables: RunObservables = {
      ...quadraticSgd({ h: 1, eta: 0.1, sigma: 1, n: 10, seed: 1 }),
      scalars: {
        loss: { steps, values: noise(2000, 1, 0.1) },
        gradient_norm_squared: { steps, values: noise(2000, 0.03, 1) },
      },
      vectors: {},
    }
    expect(told(observables)).toMatch(
      /‖∇f‖² is known to ± 0\.0\d+; ± 0\.0\d+ would tell: about .* more steps if nothing/,
    )
  })

  it('a constant learning rate, where it changes all the time', () => {
    const steps = Float64Array.from({ length: 2000 }, (_, i) => i)
    const observables: RunObservables = {
      ...quadraticSgd({ h: 1, eta: 0.1, sigma: 1, n: 10, seed: 1 }),
      config: {},
      scalars: {
        loss: { steps, values: noise(2000, 1, 0.1) },
        learning_rate: { steps, values: steps.map((step) => 0.1 * (1 + 0.5 * Math.sin(step / 50))) },
      },
      vectors: {},
      lossSource: 'batch',
    }
    expect(told(observables)).toMatch(/a stretch of constant learning rate$/)
  })

  it('roles, where nothing that can be judged was recorded', () => {
    const observables = { ...quadraticSgd({ h: 1, eta: 0.1, sigma: 1, n: 10, seed: 1 }), scalars: {}, vectors: {} }
    expect(told(observables)).toMatch(/give the columns of an import their roles/)
  })
})

describe('what an unresolved drift of the loss would need', () => {
  const diagnosis = diagnoseRun(quadraticSgd({ h: 1, eta: 0.1, sigma: 1, n: 4000, seed: 2 }))
  const [settled] = diagnosis.segments
  if (!settled) throw new Error('no segment')

  /** The settled segment with another interval of the drift, in standard deviations; the margin is 1. */
  function needed(low: number, high: number): string {
    const diagnostics = settled?.diagnostics.map((result) =>
      result.id === 'loss-stabilisation'
        ? {
            ...result,
            estimate: (low + high) / 2,
            low,
            high,
            marginLow: -1,
            marginHigh: 1,
            unit: 'of its standard deviation',
            verdict: 'unknown' as const,
          }
        : result,
    )
    if (!settled || !diagnostics) throw new Error('no segment')
    const verdict = { ...settled.verdict, id: 'not-enough-samples' as const }
    return neededText({ ...settled, diagnostics, verdict }, defaultMargins).replaceAll(/\s/g, ' ')
  }

  it('is half of the margin where its interval is wider than that', () => {
    expect(needed(-0.3, 1.3)).toMatch(
      /known to ± 80 % .*; ± 50 % would show a run without drift to have none: about .* if nothing/,
    )
  })

  it('is its distance from the margin where the interval is that narrow already', () => {
    const text = needed(0.53, 1.13)
    expect(text).toMatch(
      /known to ± 30 % .*; ± 17 % would tell the estimate from the margin of ± 100 %: about .* if the/,
    )
    expect(needed(-1.13, -0.53)).toBe(text)
  })

  it('is not told in steps where the interval leaves the margin out', () => {
    expect(needed(1.1, 2.1)).toMatch(/which leaves out the margin of ± 100 %, but may be chance: more steps$/)
    expect(needed(-2.1, -1.1)).toBe(needed(1.1, 2.1))
  })
})
