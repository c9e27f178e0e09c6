import { describe, expect, it } from 'vitest'
import { heavyBallQuadratic, observablesFromColumns, quadraticSgd, wandering } from '#calibration/simulations.ts'
import { diagnoseRun } from '#core/diagnostics/diagnoseRun.ts'
import type { DiagnosticId, DiagnosticResult } from '#core/diagnostics/results/diagnosticResult.ts'
import type { Hyperparameters, RunObservables } from '#core/diagnostics/observables/observables.ts'
import { createRandomGenerator } from '#core/random/randomGenerator.ts'
import { centredRelation } from '#core/diagnostics/checks/equilibrium/fluctuationRelations.ts'
import { defaultMargins } from '#core/diagnostics/results/margins.ts'
import { createSegmentContext } from '#core/diagnostics/checks/segmentContext.ts'
import { batchMeansInterval } from '#core/statistics/batchMeans.ts'
import { mean } from '#core/statistics/moments.ts'
import { readReference, readTrace } from '../statistics/referenceTraces.ts'

function result(run: RunObservables, id: DiagnosticId): DiagnosticResult {
  const found = diagnoseRun(run).diagnostics.find((candidate) => candidate.id === id)
  if (!found) throw new Error(`no ${id}`)
  return found
}

const detail = ({ details }: DiagnosticResult, start: string) =>
  details.find(({ label }) => label.startsWith(start))?.value ?? Number.NaN

/** One coordinate's optimiser: takes the weight and its gradient, returns the step Δ and what else the relations need. */
type Rule = (weight: number, gradient: number) => { update: number; buffer: number; direction: number; next: number }

/** Noisy descent on Σ ½hθ², each coordinate by its own instance of a rule, with the scalars that a training would record. */
function trained(
  createRule: () => Rule,
  options: { h: readonly number[]; decay?: number; n: number; seed: number; config: Hyperparameters },
): RunObservables {
  const { h, decay = 0, n, seed, config } = options
  const random = createRandomGenerator(seed)
  const rules = h.map(createRule)
  const theta = h.map(() => 0)
  const names = ['loss', 'full2', 'w2', 'wg', 'g2', 'wu', 'u2', 'v2', 'd2', 'dv'] as const
  const columns = Object.fromEntries(names.map((name) => [name, new Float64Array(n)]))
  const add = (name: (typeof names)[number], t: number, value: number) => {
    const column = columns[name]
    if (column && t >= 0) column[t] = (column[t] ?? 0) + value
  }
  for (let t = -2000; t < n; t += 1)
    h.forEach((hi, i) => {
      const x = theta[i] ?? 0
      const g = (hi + decay) * x + random.normal()
      const { update, buffer, direction, next } = rules[i]?.(x, g) ?? { update: 0, buffer: 0, direction: 0, next: 0 }
      add('loss', t, 0.5 * hi * x * x)
      add('full2', t, ((hi + decay) * x) ** 2)
      add('w2', t, x * x)
      add('wg', t, x * g)
      add('g2', t, g * g)
      add('wu', t, x * update)
      add('u2', t, update ** 2)
      add('v2', t, buffer ** 2)
      add('d2', t, direction ** 2)
      add('dv', t, direction * next)
      theta[i] = x + update
    })
  return observablesFromColumns(
    columns,
    {
      loss: 'loss',
      gradient_norm_squared: 'full2',
      weight_norm_squared: 'w2',
      weights_dot_gradient: 'wg',
      stochastic_gradient_norm_squared: 'g2',
      weights_dot_update: 'wu',
      update_norm_squared: 'u2',
      buffer_norm_squared: 'v2',
      direction_norm_squared: 'd2',
      direction_dot_next_buffer: 'dv',
    },
    config,
  )
}

/** PyTorch's SGD with momentum, dampening and Nesterov. */
function sgd({ learningRate = 0, momentum = 0, dampening = 0, nesterov = false }: Hyperparameters): () => Rule {
  return () => {
    let v = 0
    return (_, g) => {
      const buffer = v
      v = momentum * v + (1 - dampening) * g
      const direction = nesterov ? g + momentum * v : v
      return { update: -learningRate * direction, buffer, direction, next: v }
    }
  }
}

/** AdamW with decoupled decay λ. */
function adamW(learningRate: number, decay: number): () => Rule {
  return () => {
    let [m, s] = [0, 0]
    return (weight, g) => {
      m = 0.9 * m + 0.1 * g
      s = 0.99 * s + 0.01 * g * g
      return { update: -learningRate * (m / (Math.sqrt(s) + 1e-8) + decay * weight), buffer: m, direction: 0, next: 0 }
    }
  }
}

const h = [0.5, 2, 8]
const n = 30_000

describe('fluctuation-dissipation relations', () => {
  it.each<[string, Hyperparameters, number?]>([
    ['SGD', { learningRate: 0.05 }],
    ['SGD with coupled decay', { learningRate: 0.05, weightDecay: 0.3 }, 0.3],
    ['heavy ball', { learningRate: 0.04, momentum: 0.85 }],
    ['dampened heavy ball', { learningRate: 0.2, momentum: 0.85, dampening: 0.85 }],
    ['Nesterov', { learningRate: 0.02, momentum: 0.85, nesterov: true }],
    ['Nesterov with coupled decay', { learningRate: 0.02, momentum: 0.85, nesterov: true, weightDecay: 0.3 }, 0.3],
  ])('hold for %s', (_, config, decay = 0) => {
    const run = trained(sgd(config), { h, decay, n, seed: 41, config })
    const relation = result(run, 'fluctuation-dissipation')
    expect(Math.abs(relation.estimate - 1)).toBeLessThan(0.01)
    expect(relation.verdict).toBe('pass')
    expect(relation.reason).toContain('θ·g')
    expect(Math.abs(detail(relation, 'ratio, −2θ·Δ') - 1)).toBeLessThan(0.01)
    expect(detail(relation, 'SASA: inside')).toBe(1)
    expect(relation.charts).toHaveLength(1)
  })

  it('have the exact sides of dampened heavy ball, that of plain heavy ball at η(1−d)', () => {
    const config = { learningRate: 0.2, momentum: 0.85, dampening: 0.85 }
    const rate = config.learningRate * (1 - config.dampening)
    const exact = h.reduce((sum, hi) => sum + (rate * 1.85) / (0.15 * (2 * 1.85 - rate * hi)), 0)
    const { scalars } = trained(sgd(config), { h, n, seed: 42, config })
    const { mean: estimate, standardError } = batchMeansInterval(
      scalars.weights_dot_gradient?.values ?? new Float64Array(),
    )
    expect(Math.abs(estimate - exact) / standardError).toBeLessThan(4)
  })

  it('of Nesterov need no recorded u·v′, nor ‖u‖²', () => {
    const config = { learningRate: 0.02, momentum: 0.85, nesterov: true }
    const run = trained(sgd(config), { h, n, seed: 43, config })
    const { direction_dot_next_buffer: _, direction_norm_squared: __, ...scalars } = run.scalars
    const relation = result({ ...run, scalars }, 'fluctuation-dissipation')
    expect(Math.abs(relation.estimate - 1)).toBeLessThan(0.01)
    expect(relation.estimate).toBeCloseTo(result(run, 'fluctuation-dissipation').estimate, 3)
  })

  it('hold for AdamW only in the form of the updates', () => {
    const config = { learningRate: 0.1, optimizer: 'adamw' }
    const relation = result(trained(adamW(0.1, 0.1), { h, n, seed: 44, config }), 'fluctuation-dissipation')
    expect(relation.reason).toContain('−2θ·Δ against ‖Δ‖²')
    expect(Math.abs(relation.estimate - 1)).toBeLessThan(0.01)
    const taken = result(
      trained(adamW(0.1, 0.1), { h, n, seed: 44, config: { learningRate: 0.1 } }),
      'fluctuation-dissipation',
    )
    expect(Math.abs(taken.estimate - 1)).toBeGreaterThan(0.1)
  })

  it('hold on thinned runs: their terms are averaged, not picked', () => {
    const config = { learningRate: 0.05 }
    const run = trained(sgd(config), { h: [2], n: 400_000, seed: 49, config })
    expect(Math.abs(result(run, 'fluctuation-dissipation').estimate - 1)).toBeLessThan(0.001)
  }, 30_000)

  it('have the ratio of q1 and q2 on their traces', () => {
    const reference = readReference().at('problems')
    const q2 = readTrace('q2_heavyball_quadratic_5d')
    const roles = { loss: 'loss', weights_dot_gradient: 'theta_dot_g', buffer_norm_squared: 'v2' } as const
    const run = observablesFromColumns(q2.columns, roles, { learningRate: 0.05, momentum: 0.9 })
    const whole = diagnoseRun(run, { margins: { transientShare: 0, transientAutocorrelationTimes: 0 } })
    const relation = whole.diagnostics.find(({ id }) => id === 'fluctuation-dissipation')
    expect(
      Math.abs(
        (relation?.estimate ?? Number.NaN) - reference.number('q2_heavyball_quadratic_5d', 'on_trace', 'fdr1', 'ratio'),
      ),
    ).toBeLessThan(0.002)
  })

  it.each(['const_iid', 'const_s1', 'const_s2'])(
    'have the ratio of the real run %s, θ·g recorded without decay',
    (name) => {
      const run = observablesFromColumns(
        readTrace(`real_${name}_steps`).columns,
        {
          loss: 'full_loss',
          weights_dot_loss_gradient: 'theta_dot_g',
          buffer_norm_squared: 'v2',
          weight_norm_squared: 'theta2',
          weights: ['proj0', 'proj1', 'proj2', 'proj3'],
        },
        { learningRate: 0.1, momentum: 0.9, weightDecay: 0.005 },
      )
      const whole = diagnoseRun(run, { margins: { transientShare: 0, transientAutocorrelationTimes: 0 } })
      const relation = whole.diagnostics.find(({ id }) => id === 'fluctuation-dissipation')
      const expected = readReference('reference_real.json').number(name, 'fdr1', 'ratio')
      expect(Math.abs((relation?.estimate ?? Number.NaN) - expected)).toBeLessThan(0.01)
      expect(relation ? detail(relation, 'ratio, −2(θ−c)·Δ') : Number.NaN).not.toBeNaN()
    },
  )

  it('about the mean are off by what ‖θ−c‖² gains from end to end', () => {
    const { judged } = createSegmentContext(
      wandering({ kind: 'walk', drift: 0, n: 3000, seed: 45 }),
      { from: 0, to: 2999, hyperparameters: {}, isConstant: true },
      defaultMargins,
      1,
    )
    const weights = judged.vectors.weights
    const centred = centredRelation(judged)
    if (!weights || !centred) throw new Error('no weights')
    const { dimension, values, steps } = weights
    const centre = Array.from({ length: dimension }, (_, k) => mean(values.filter((_value, i) => i % dimension === k)))
    const distance = (row: number) =>
      centre.reduce((sum, c, k) => sum + ((values[row * dimension + k] ?? Number.NaN) - c) ** 2, 0)
    const gain = (distance(steps.length - 1) - distance(0)) / (steps.length - 1)
    expect(mean(centred.right) - mean(centred.left)).toBeCloseTo(gain, 9)
  })

  it('give no ratio below the floor', () => {
    const real = readTrace('real_interp_steps').columns
    const run = observablesFromColumns(
      real,
      {
        loss: 'full_loss',
        weights_dot_gradient: 'theta_dot_g',
        buffer_norm_squared: 'v2',
        weight_norm_squared: 'theta2',
      },
      { learningRate: 0.1, momentum: 0.9 },
    )
    const relation = result(run, 'fluctuation-dissipation')
    expect(relation).toMatchObject({ verdict: 'unknown', estimate: Number.NaN })
    expect(relation.reason).toContain('needs')
  })

  it('have the second relation of plain SGD: E‖∇f‖² = (η/2)E[gᵀHg]', () => {
    const run = trained(sgd({ learningRate: 0.05 }), { h: [2], n, seed: 46, config: { learningRate: 0.05 } })
    const g2 = run.scalars.stochastic_gradient_norm_squared
    if (!g2) throw new Error('no ‖g‖²')
    const relation = result(
      {
        ...run,
        scalars: {
          ...run.scalars,
          stochastic_gradient_hessian_form: { ...g2, values: g2.values.map((value) => 2 * value) },
        },
      },
      'fluctuation-dissipation',
    )
    const [estimate, low, high] = ['', ', low', ', high'].map((end) =>
      detail(relation, `second relation, (η/2)gᵀHg over ‖∇f‖²${end}`),
    )
    expect(Math.abs((estimate ?? Number.NaN) - 1)).toBeLessThan(4 * (((high ?? 0) - (low ?? 0)) / 2 / 2.093))
  })

  it('say what is missing', () => {
    const run = observablesFromColumns(
      { loss: Float64Array.from({ length: 400 }, (_, i) => Math.sin(i)) },
      { loss: 'loss' },
    )
    expect(result(run, 'fluctuation-dissipation').reason).toContain('needs learning_rate')
  })
})

describe('Pflug’s statistic', () => {
  it('is −E‖∇f‖² on a quadratic', () => {
    const [slope, eta, sigma] = [1.2, 0.15, 0.7]
    const pflug = result(quadraticSgd({ h: slope, eta, sigma, n: 200_000, seed: 47 }), 'pflug')
    const exact = -(slope * eta * sigma ** 2) / (2 - eta * slope)
    expect(Math.abs(pflug.estimate - exact)).toBeLessThan((4 * (pflug.high - pflug.low)) / 2 / 2.093)
    expect(pflug.verdict).toBe('pass')
  })

  it('is that of q1', () => {
    const g = readTrace('q1_sgd_quadratic_1d').column('stoch_grad')
    const run = observablesFromColumns(
      readTrace('q1_sgd_quadratic_1d').columns,
      { loss: 'loss', stochastic_gradient: ['stoch_grad'] },
      { learningRate: 0.1 },
    )
    const whole = diagnoseRun(run, { margins: { transientShare: 0, transientAutocorrelationTimes: 0 } })
    const pflug = whole.diagnostics.find(({ id }) => id === 'pflug')
    expect(
      Math.abs((pflug?.estimate ?? Number.NaN) - mean(g.subarray(1).map((value, t) => value * (g[t] ?? Number.NaN)))),
    ).toBeLessThan(0.002)
    expect(Math.abs((pflug?.estimate ?? Number.NaN) + 0.0517)).toBeLessThan(0.002)
  })

  it('is positive while the run travels', () => {
    const travelling = quadraticSgd({ h: 0.01, eta: 0.005, sigma: 0.1, n: 2000, start: 100, seed: 48 })
    expect(result(travelling, 'pflug').verdict).toBe('warn')
  })

  it('is not given with momentum, under reshuffling, or without gradients', () => {
    expect(result(heavyBallQuadratic({ h, eta: 0.04, mu: 0.85, n: 2000, seed: 1 }), 'pflug').reason).toContain(
      'needs a run without momentum',
    )
    const run = quadraticSgd({ h: 1, eta: 0.1, sigma: 1, n: 2000, seed: 2 })
    expect(result({ ...run, config: { ...run.config, sampling: 'reshuffled' } }, 'pflug').reason).toContain(
      'needs sampling with replacement',
    )
    expect(result({ ...run, vectors: {} }, 'pflug').reason).toContain('role gradient_dot_buffer')
  })
})

describe('stationarity tests', () => {
  const alarms = Array.from({ length: 60 }, (_, seed) =>
    result(quadraticSgd({ h: 1, eta: 0.3, sigma: 1, n: 2000, seed: 300 + seed }), 'stationarity-tests'),
  )

  it('find the quarters of one law equal, in 54 of 60 runs or more', () => {
    expect(alarms.filter(({ verdict }) => verdict === 'pass').length).toBeGreaterThanOrEqual(54)
    expect(alarms.filter(({ reason }) => reason.includes('loss returns to one level')).length).toBeGreaterThanOrEqual(
      50,
    )
  })

  it('find the quarters of a drifting loss different', () => {
    const random = createRandomGenerator(6)
    const loss = Float64Array.from({ length: 3000 }, (_, t) => 5 - t / 1000 + random.normal())
    const tests = result(observablesFromColumns({ loss }, { loss: 'loss' }), 'stationarity-tests')
    expect(tests.verdict).toBe('warn')
    expect(tests.estimate).toBeGreaterThan(1.05)
    expect(detail(tests, 'p of KPSS')).toBe(0.01)
    expect(detail(tests, 'p of the trend')).toBeLessThan(1e-6)
  })

  it('do not take a change that widens its own bound for agreement', () => {
    const random = createRandomGenerator(8)
    const louder = Float64Array.from({ length: 4000 }, (_, t) => 40 + (t < 2400 ? 1 : 5) * random.normal())
    const gap = louder.map(() => 1 + 0.1 * random.normal())
    const roles = { loss: 'loss', gradient_norm_squared: 'gap' }
    const both = result(observablesFromColumns({ loss: louder, gap }, roles), 'stationarity-tests')
    expect(both).toMatchObject({
      verdict: 'pass',
      summary: 'The quarters of ‖∇f‖² agree; loss could not be tested.',
      reason: expect.stringMatching(/loss: R̂ of its quarters 1\.\d+ is not tested, chance alone reaches [1-9]/),
    })
    const alone = result(observablesFromColumns({ loss: louder }, { loss: 'loss' }), 'stationarity-tests')
    expect(alone.verdict).toBe('unknown')
    expect(alone.reason).toMatch(/^cannot say: loss: R̂ of its quarters/)
  })

  it('say what is needed', () => {
    const short = result(quadraticSgd({ h: 1, eta: 0.1, sigma: 1, n: 30, seed: 3 }), 'stationarity-tests')
    expect(short.reason).toContain('cannot say: needs')
  })
})
