import { describe, expect, it } from 'vitest'
import { diagnoseRun } from '#core/diagnostics/diagnoseRun.ts'
import type { DiagnosticId } from '#core/diagnostics/results/diagnosticResult.ts'
import type { Hyperparameters } from '#core/diagnostics/observables/observables.ts'
import type { RunDiagnosis } from '#core/diagnostics/verdict/verdictTypes.ts'
import { readReference, readTrace } from '../statistics/referenceTraces.ts'
import { doubleWell, observablesFromColumns, type Roles } from '#calibration/simulations.ts'

const diagnose = (trace: string, roles: Roles, config: Hyperparameters = {}): RunDiagnosis =>
  diagnoseRun(observablesFromColumns(readTrace(trace).columns, roles, config))

const result = (diagnosis: RunDiagnosis, id: DiagnosticId) => {
  const found = diagnosis.diagnostics.find((candidate) => candidate.id === id)
  if (!found) throw new Error(`no ${id}`)
  return found
}

const oneDimensional: Roles = { loss: 'loss', gradient: ['full_grad'], weights: ['theta'] }
const heavyBall: Roles = {
  loss: 'loss',
  gradient_norm_squared: 'fullgrad2',
  stochastic_gradient_norm_squared: 'g2',
  weights: ['theta0', 'theta1', 'theta2', 'theta3', 'theta4'],
  weight_norm_squared: 'theta2#2',
  weights_dot_gradient: 'theta_dot_g',
  buffer_norm_squared: 'v2',
  gradient_dot_next_buffer: 'fullgrad_dot_vnext',
  next_buffer_hessian_form: 'vnextHvnext',
}
const problems = readReference().at('problems')

describe('verdicts of the reference traces', () => {
  it.each([
    [
      'q1_sgd_quadratic_1d',
      { ...oneDimensional, stochastic_gradient: ['stoch_grad'] },
      { learningRate: 0.1 },
      'invariant-measure',
    ],
    ['q2_heavyball_quadratic_5d', heavyBall, { learningRate: 0.05, momentum: 0.9 }, 'invariant-measure'],
    ['q3a_doublewell_stuck', { weights: ['seed0'] }, { learningRate: 0.05 }, 'invariant-measure'],
    ['q3b_doublewell_mixing', { weights: ['seed0'] }, { learningRate: 0.1 }, 'invariant-measure'],
    [
      'q4a_gd_converges',
      { loss: 'loss', gradient_norm: 'fullgrad_norm', weights: ['theta0', 'theta1'] },
      { learningRate: 0.5 },
      'stationary-point',
    ],
    ['q4b_sgd_decaying_lr', { ...oneDimensional, learning_rate: 'eta' }, {}, 'stationary-point'],
    ['q5_diverges', oneDimensional, { learningRate: 2.1 }, 'diverged'],
    ['q6_limit_cycle', { ...oneDimensional, sharpness: 'hessian' }, { learningRate: 1.1 }, 'limit-cycle'],
    ['q7_linreg_with_replacement', { weights: ['theta0', 'theta1'] }, { learningRate: 0.15 }, 'invariant-measure'],
    ['q7_linreg_reshuffle_epochs', { weights: ['theta0', 'theta1'] }, { learningRate: 0.15 }, 'invariant-measure'],
    [
      'q8_scale_invariant',
      { weight_norm_squared: 'w2' },
      { learningRate: 0.1, weightDecay: 0.01 },
      'not-enough-samples',
    ],
    // Four coordinates do not tell a walk from a stationary law that remembers as long as the record.
    ['q9a_random_walk', { weights: ['x0', 'x1', 'x2', 'x3'] }, {}, 'not-enough-samples'],
    ['q9b_linear_drift', { weights: ['x0', 'x1', 'x2', 'x3'] }, {}, 'drifting'],
    ['q10_lr_change', { loss: 'loss', weights: ['theta'], learning_rate: 'eta' }, {}, 'several-segments'],
    ['e1_constant', {}, {}, 'no-variation'],
    ['e2_short', {}, {}, 'not-enough-samples'],
    ['e3_nan_inf', {}, {}, 'diverged'],
  ] as const)('%s', (trace, roles, config, verdict) => {
    expect(diagnose(trace, roles, config).verdict.id).toBe(verdict)
  })

  it('needs no roles for the traces whose columns have none', () => {
    expect(diagnose('q1_sgd_quadratic_1d', {}).verdict.id).toBe('invariant-measure')
    expect(diagnose('q9b_linear_drift', {}).verdict.id).toBe('drifting')
  })

  it('keeps the segments of q10 apart, each stationary or too short', () => {
    const { segments } = diagnose('q10_lr_change', { loss: 'loss', weights: ['theta'], learning_rate: 'eta' })
    expect(segments.map(({ from, to, hyperparameters }) => [from, to, hyperparameters.learningRate])).toEqual([
      [0, 3999, 0.2],
      [4000, 7999, 0.02],
    ])
    expect(segments[0]?.verdict.id).toBe('invariant-measure')
    expect(['invariant-measure', 'not-enough-samples']).toContain(segments[1]?.verdict.id)
  })

  it('names the first invalid step of e3 and judges nothing after it', () => {
    const diagnosis = diagnose('e3_nan_inf', {})
    expect(result(diagnosis, 'divergence').reason).toContain('step 120')
    expect(diagnosis.segments.at(-1)?.to).toBe(119)
  })

  it('gives no p-value and no autocorrelation time for a constant', () => {
    const diagnosis = diagnose('e1_constant', {})
    expect(result(diagnosis, 'sample-size').estimate).toBeNaN()
    expect(result(diagnosis, 'window-distance').details.every(({ value }) => Number.isNaN(value))).toBe(true)
  })

  it('says that q4b has no segment of constant learning rate', () => {
    const diagnosis = diagnose('q4b_sgd_decaying_lr', { ...oneDimensional, learning_rate: 'eta' })
    expect(diagnosis.segments.map(({ isConstant }) => isConstant)).toEqual([false])
    expect(diagnosis.verdict.summary).toContain('no segment has a constant learning rate')
  })
})

describe('numbers of the reference traces', () => {
  it('has the gap of q1 inside its interval, and the signal above the tolerance', () => {
    const gap = result(diagnose('q1_sgd_quadratic_1d', oneDimensional, { learningRate: 0.1 }), 'stationarity-gap')
    const exact = problems.number('q1_sgd_quadratic_1d', 'exact', 'E_fullgrad2')
    const standardError = (gap.high - gap.low) / (2 * 2.093)
    expect(Math.abs(gap.estimate - exact)).toBeLessThan(4 * standardError)
    expect(gap.low).toBeGreaterThan(gap.threshold)
  })

  it('has the period, the gradient norm and the sharpness of q6', () => {
    const diagnosis = diagnose('q6_limit_cycle', { ...oneDimensional, sharpness: 'hessian' }, { learningRate: 1.1 })
    const exact = problems.at('q6_limit_cycle', 'exact')
    expect(
      result(diagnosis, 'limit-cycle').details.find(({ label }) => label.startsWith('period of the strongest line'))
        ?.value,
    ).toBeCloseTo(2, 9)
    expect(result(diagnosis, 'stationarity-gap').estimate).toBeCloseTo(exact.number('gradnorm') ** 2, 8)
    expect(result(diagnosis, 'sharpness').estimate).toBeCloseTo(
      exact.number('mean_hessian') / exact.number('two_over_eta'),
      6,
    )
  })

  it.each([300, 600, 1000, 1201])(
    'tells of no difference and no test that nothing passes in a noiseless cycle of %i steps',
    (n) => {
      const cycle = diagnoseRun(doubleWell({ eta: 1.1, sigma: 0, n, start: 0.9, seed: 1 }))
      expect(result(cycle, 'window-distance').reason).toMatch(
        /^loss: halves differ by 0(?:\.00\d+)? standard deviations, p\s=\s1 after Holm over 2$/,
      )
      expect(result(cycle, 'autocorrelation').reason).toMatch(/its halves agree, smallest p\s=\s(?:1|0\.9\d*)$/)
      expect(result(cycle, 'stationarity-tests')).toMatchObject({
        verdict: 'unknown',
        reason: expect.stringMatching(/^cannot say: .*those recorded take two values only$/),
      })
    },
  )

  it('has the fluctuation-dissipation ratio and the balance of q2', () => {
    const diagnosis = diagnose('q2_heavyball_quadratic_5d', heavyBall, { learningRate: 0.05, momentum: 0.9 })
    expect(result(diagnosis, 'fluctuation-dissipation').estimate).toBeCloseTo(
      problems.number('q2_heavyball_quadratic_5d', 'on_trace', 'fdr1', 'ratio'),
      2,
    )
    expect(result(diagnosis, 'balance').verdict).toBe('pass')
    expect(result(diagnosis, 'balance').estimate).toBeLessThan(0.01)
  })

  it('has the balance index of the real runs', () => {
    const real = readReference('reference_real.json')
    const index = (name: string) => {
      const roles: Roles = {
        loss: 'full_loss',
        gradient_dot_next_buffer: 'fullg_wd_dot_vnext',
        gradient_norm_squared: 'fullg2_with_wd',
      }
      return result(diagnose(`real_${name}_steps`, roles, { learningRate: 0.1, momentum: 0.9 }), 'balance')
    }
    expect(index('const_iid').verdict).toBe('pass')
    expect(index('const_iid').estimate).toBeLessThan(0.01)
    expect(real.number('interp', 'balance', 'imbalance')).toBeGreaterThan(0.9)
    expect(index('interp').verdict).toBe('fail')
    expect(index('interp').estimate).toBeGreaterThan(0.85)
  })
})

describe('verdicts of real training', () => {
  const roles: Roles = {
    loss: 'full_loss',
    gradient_norm_squared: 'fullg2_with_wd',
    weights: ['proj0', 'proj1', 'proj2', 'proj3'],
    weight_norm_squared: 'theta2',
    learning_rate: 'lr',
  }
  it.each([
    ['const_iid', ['invariant-measure', 'not-enough-samples', 'still-descending', 'drifting']],
    ['const_s0', ['still-descending', 'drifting']],
    ['interp', ['stationary-point']],
    ['piecewise', ['several-segments']],
  ])('%s', (name, allowed) => {
    expect(allowed).toContain(diagnose(`real_${name}_steps`, roles, { momentum: 0.9, weightDecay: 0.005 }).verdict.id)
  })
})
