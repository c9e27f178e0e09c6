import { describe, expect, it } from 'vitest'
import { diagnoseRun } from '#core/diagnostics/diagnoseRun.ts'
import type { DiagnosticId } from '#core/diagnostics/results/diagnosticResult.ts'
import { equilibriumNorm4 } from '#core/diagnostics/checks/equilibrium/equilibriumNorm4.ts'
import type { Hyperparameters, RunObservables } from '#core/diagnostics/observables/observables.ts'
import { createRandomGenerator } from '#core/random/randomGenerator.ts'
import { readReference, readTrace } from '../statistics/referenceTraces.ts'
import { heavyBallQuadratic, observablesFromColumns, quadraticSgd } from '#calibration/simulations.ts'

function result(run: RunObservables, id: DiagnosticId) {
  const found = diagnoseRun(run).diagnostics.find((candidate) => candidate.id === id)
  if (!found) throw new Error(`no ${id}`)
  return found
}

const detail = (run: RunObservables, id: DiagnosticId, start: string) =>
  result(run, id).details.find(({ label }) => label.startsWith(start))?.value

describe('norm equilibrium of q8', () => {
  const roles = {
    weight_norm_squared: 'w2',
    stochastic_gradient_norm_squared: 'g2_no_wd',
    weights_dot_gradient: 'w_dot_g',
  } as const
  const config = { learningRate: 0.1, weightDecay: 0.01, momentum: 0 }
  const trace = (hyperparameters: Hyperparameters) =>
    observablesFromColumns(readTrace('q8_scale_invariant').columns, roles, hyperparameters)
  const reference = readReference().at('problems', 'q8_scale_invariant')

  it('has the exact ‖w‖⁴ of the reference', () => {
    expect(equilibriumNorm4(config, 199)).toBeCloseTo(reference.number('exact', 'w_norm4'), 9)
  })

  it('is reached, with the norm and the angle of the reference', () => {
    const norm = result(trace(config), 'norm-equilibrium')
    expect(norm.verdict).toBe('pass')
    expect(Math.abs(norm.estimate - 1)).toBeLessThan(0.01)
    expect(detail(trace(config), 'norm-equilibrium', '‖θ‖')).toBeCloseTo(
      reference.number('on_trace', 'w_norm_last_half'),
      1,
    )
    expect(detail(trace(config), 'norm-equilibrium', 'angle')).toBeCloseTo(
      reference.number('exact', 'angular_update_theory_sqrt_2_eta_lambda'),
      4,
    )
    expect(detail(trace(config), 'norm-equilibrium', 'relaxation')).toBe(reference.number('exact', 'relax_steps'))
  })

  it('is not reached while the weights still grow', () => {
    const early = Object.fromEntries(
      Object.entries(readTrace('q8_scale_invariant').columns).map(([name, values]) => [name, values.subarray(0, 150)]),
    )
    expect(result(observablesFromColumns(early, roles, config), 'norm-equilibrium').verdict).toBe('warn')
  })

  it.each([
    ['under Nesterov', trace({ ...config, nesterov: true }), /Nesterov/],
    ['under Adam', trace({ ...config, optimizer: 'adam' }), /under adam is not known/],
    ['with an unknown learning rate', trace({ weightDecay: 0.01 }), /learning_rate/],
    ['without the series', quadraticSgd({ h: 1, eta: 0.1, sigma: 1, n: 500, seed: 1 }), /needs weight_norm_squared/],
  ])('cannot be said %s', (_, run, reason) => {
    expect(result(run, 'norm-equilibrium')).toMatchObject({ verdict: 'unknown', reason: expect.stringMatching(reason) })
  })

  it('names only what is missing', () => {
    const { weightDecay: _weightDecay, ...withoutDecay } = config
    expect(result(trace(withoutDecay), 'norm-equilibrium').reason).toBe('cannot say: needs weight_decay in the config')
    expect(result(trace({}), 'norm-equilibrium').reason).toContain('needs learning_rate and weight_decay in the config')
    const { weights_dot_gradient: _product, ...scalars } = trace(config).scalars
    expect(result({ ...trace(config), scalars }, 'norm-equilibrium').reason).toContain('needs weights_dot_gradient')
  })

  it('cannot be said of weights that are not scale-invariant', () => {
    const run = heavyBallQuadratic({ h: [1, 2], eta: 0.05, mu: 0.9, n: 2000, seed: 1 })
    const decayed = { ...run, config: { ...run.config, weightDecay: 0.01 } }
    expect(result(decayed, 'norm-equilibrium').reason).toContain('not scale-invariant')
  })
})

describe('tail index', () => {
  const noise = (values: Float64Array) => observablesFromColumns({ g: values }, { stochastic_gradient: ['g'] })
  const withLoss = (run: RunObservables): RunObservables => {
    const steps = run.vectors.stochastic_gradient?.steps ?? new Float64Array()
    const random = createRandomGenerator(4)
    return { ...run, scalars: { loss: { steps, values: steps.map(() => 1 + random.uniform()) } } }
  }

  it('warns of α-stable noise (q12), and passes Gaussian noise', () => {
    const tails = readTrace('q12_tails')
    const stable = result(withLoss(noise(tails.column('alpha_stable'))), 'tail-index')
    expect(stable.verdict).toBe('warn')
    expect(Math.abs(stable.estimate - 1.5)).toBeLessThan(0.15)
    expect(result(withLoss(noise(tails.column('gaussian'))), 'tail-index').verdict).toBe('pass')
  })

  it('passes the Gaussian noise of SGD on a quadratic, taken from both gradients', () => {
    const tail = result(quadraticSgd({ h: 1, eta: 0.1, sigma: 1, n: 4000, seed: 3 }), 'tail-index')
    expect(tail.verdict).toBe('pass')
    expect(tail.reason).toContain('gradient noise')
  })

  it('shows the Gaussian control and the Hill plot', () => {
    const tail = result(quadraticSgd({ h: 1, eta: 0.1, sigma: 1, n: 4000, seed: 3 }), 'tail-index')
    const forest = tail.charts.find(({ kind }) => kind === 'forest')
    const control = forest?.kind === 'forest' ? forest.rows.find(({ isReference }) => isReference) : undefined
    expect(control?.estimate).toBeCloseTo(2, 1)
    const hill = tail.charts.find(({ kind }) => kind === 'curve')
    expect(hill?.kind === 'curve' ? hill.curves.map(({ label, y }) => [label, y.length > 10]) : []).toEqual([
      ['gradient noise', true],
      ['Gaussian samples', true],
    ])
  })

  it('says what is missing', () => {
    expect(result(quadraticSgd({ h: 1, eta: 0.1, sigma: 1, n: 300, seed: 3 }), 'tail-index').reason).toContain(
      '400 are needed',
    )
  })
})

describe('probability currents', () => {
  /** Two weights that turn by ω and contract by ρ each step. */
  function turning(omega: number, seed: number): RunObservables {
    const random = createRandomGenerator(seed)
    const [x, y] = [new Float64Array(5000), new Float64Array(5000)]
    for (let t = 1; t < x.length; t += 1) {
      const [a, b] = [x[t - 1] ?? 0, y[t - 1] ?? 0]
      x[t] = 0.9 * (Math.cos(omega) * a - Math.sin(omega) * b) + random.normal()
      y[t] = 0.9 * (Math.sin(omega) * a + Math.cos(omega) * b) + random.normal()
    }
    return observablesFromColumns({ x, y }, { weights: ['x', 'y'] })
  }

  it('are found in weights that turn, without a change of the verdict', () => {
    const run = turning(0.1, 5)
    const reversal = result(run, 'time-reversal')
    expect(reversal.summary).toContain('flows in a circle')
    expect(Math.abs(reversal.estimate)).toBeCloseTo(2 * 0.9 * Math.sin(0.1), 1)
    const [chart] = reversal.charts
    const row = chart?.kind === 'forest' ? chart.rows[0] : undefined
    expect(row).toMatchObject({ label: 'rotation of weights', estimate: reversal.estimate, low: reversal.low })
    expect(diagnoseRun(run).verdict.id).toBe('invariant-measure')
    expect(diagnoseRun(run).verdict.evidence.map(({ diagnosticId }) => diagnosticId)).not.toContain('time-reversal')
  })

  it('are found in at most 2 of 40 reversible runs', () => {
    const found = Array.from({ length: 40 }, (_, seed) => result(turning(0, 100 + seed), 'time-reversal').summary)
    expect(found.filter((summary) => summary.includes('flows')).length).toBeLessThanOrEqual(2)
  }, 60_000)

  it('say what is missing', () => {
    const short = quadraticSgd({ h: 1, eta: 0.1, sigma: 1, n: 120, seed: 3 })
    expect(result(short, 'time-reversal')).toMatchObject({ verdict: 'unknown', estimate: Number.NaN })
  })
})
