import { describe, expect, it } from 'vitest'
import { diagnoseRun } from '#core/diagnostics/diagnoseRun.ts'
import type { DiagnosticId, DiagnosticResult } from '#core/diagnostics/results/diagnosticResult.ts'
import type { Hyperparameters, RunObservables } from '#core/diagnostics/observables/observables.ts'
import { createRandomGenerator } from '#core/random/randomGenerator.ts'
import { readReference, readTrace } from '../statistics/referenceTraces.ts'
import { heavyBallQuadratic, observablesFromColumns, quadraticSgd } from '#calibration/simulations.ts'

function result(run: RunObservables, id: DiagnosticId): DiagnosticResult {
  const found = diagnoseRun(run).diagnostics.find((candidate) => candidate.id === id)
  if (!found) throw new Error(`no ${id}`)
  return found
}

function detail({ details }: DiagnosticResult, label: string): number {
  const found = details.find((candidate) => candidate.label === label)
  if (!found) throw new Error(`no ${label} among ${details.map((one) => one.label).join('; ')}`)
  return found.value
}

/** Distance of a detail from the exact value, in standard errors: its 95 % interval is ±t(19) of them. */
const standardErrors = (found: DiagnosticResult, label: string, exact: number) =>
  Math.abs(detail(found, label) - exact) /
  ((detail(found, `${label}, high`) - detail(found, `${label}, low`)) / 2 / 2.093)

const halfRoles = {
  loss: 'full_loss',
  half_gradients_dot: 'g1g2',
  first_half_gradient_norm_squared: 'g1sq',
  second_half_gradient_norm_squared: 'g2sq',
} as const
const real = readReference('reference_real.json')
const halves = (name: string, config: Hyperparameters) =>
  observablesFromColumns(readTrace(`real_${name}_steps`).columns, halfRoles, config)

describe('noise scale', () => {
  it('has N², G²/N² and B_simple of SGD on a quadratic, from components and from norms', () => {
    const [h, eta, sigma] = [1.3, 0.17, 0.8]
    const run = quadraticSgd({ h, eta, sigma, n: 40_000, seed: 31 })
    const gap = (h * eta * sigma ** 2) / (2 - eta * h)
    const noise = result(run, 'noise-scale')
    expect(standardErrors(noise, 'noise trace tr Σ', sigma ** 2)).toBeLessThan(4)
    expect(standardErrors(noise, 'signal to noise ‖∇f‖²/tr Σ', gap / sigma ** 2)).toBeLessThan(4)
    expect(standardErrors(noise, 'signal share ‖∇f‖²/(‖∇f‖² + tr Σ)', gap / (gap + sigma ** 2))).toBeLessThan(4)
    expect(Math.abs(noise.estimate - sigma ** 2 / gap)).toBeLessThan((noise.high - noise.low) * 0.96)
    expect(noise).toMatchObject({ verdict: 'pass', unit: 'batches' })
    const { gradient, stochastic_gradient } = run.vectors
    const square = (values: Float64Array = new Float64Array()) => values.map((value) => value * value)
    const steps = gradient?.steps ?? new Float64Array()
    const byNorms = result(
      {
        ...run,
        config: { ...run.config, batchSize: 32 },
        vectors: {},
        scalars: {
          ...run.scalars,
          gradient_norm_squared: { steps, values: square(gradient?.values) },
          stochastic_gradient_norm_squared: { steps, values: square(stochastic_gradient?.values) },
        },
      },
      'noise-scale',
    )
    expect(standardErrors(byNorms, 'noise trace tr Σ', sigma ** 2)).toBeLessThan(4)
    expect(byNorms.unit).toBe('examples')
    expect(Math.abs(byNorms.estimate / (32 * noise.estimate) - 1)).toBeLessThan(0.05)
  })

  it('has the noise trace of heavy ball in three dimensions', () => {
    const run = heavyBallQuadratic({ h: [0.5, 2, 8], eta: 0.04, mu: 0.85, n: 20_000, seed: 32 })
    expect(standardErrors(result(run, 'noise-scale'), 'noise trace tr Σ', 3)).toBeLessThan(4)
  })

  it('is not given where ‖∇f‖² cannot be told from zero: in 36 of 40 runs or more that have none', () => {
    const steps = Float64Array.from({ length: 400 }, (_, i) => i)
    const results = Array.from({ length: 40 }, (_, seed) => {
      const random = createRandomGenerator(seed)
      const probes = (centre: number) => ({ steps, values: steps.map(() => centre + random.normal()) })
      return result(
        {
          runId: 'run',
          name: 'run',
          config: { batchSize: 16 },
          scalars: { loss: probes(3), gradient_norm_squared: probes(0), noise_trace: probes(9) },
          vectors: {},
          others: [],
        },
        'noise-scale',
      )
    })
    const withheld = results.filter(({ verdict }) => verdict === 'unknown')
    expect(withheld.length).toBeGreaterThanOrEqual(36)
    expect(withheld.filter(({ estimate, reason }) => !Number.isNaN(estimate) || !reason.includes('needs'))).toEqual([])
    results.forEach((noise) => expect(detail(noise, 'noise trace tr Σ')).toBeCloseTo(9, 0))
  })

  it('says what is missing', () => {
    const run = quadraticSgd({ h: 1, eta: 0.1, sigma: 1, n: 300, seed: 3 })
    expect(result({ ...run, vectors: {} }, 'noise-scale').reason).toContain('role gradient_norm')
    const { stochastic_gradient: _, ...vectors } = run.vectors
    expect(result({ ...run, vectors }, 'noise-scale').reason).toContain('role noise_trace')
  })
})

describe('a gap from the halves of training batches', () => {
  it('is that of the reference on independent draws, near the exact one', () => {
    const run = halves('const_iid', { batchSize: 128, exampleCount: 1437, sampling: 'iid' })
    const whole = diagnoseRun(run, { margins: { transientShare: 0, transientAutocorrelationTimes: 0 } })
    const gap = whole.diagnostics.find(({ id }) => id === 'stationarity-gap')
    const expected = real.at('const_iid', 'fullgrad2_from_half_batches')
    expect(Math.abs((gap?.estimate ?? Number.NaN) - expected.number('mean'))).toBeLessThan(2 * expected.number('se'))
    expect(Math.abs((gap?.estimate ?? Number.NaN) - real.number('const_iid', 'fullgrad2_exact', 'mean'))).toBeLessThan(
      4 * expected.number('se'),
    )
    expect(gap?.verdict).toBe('pass')
    expect(gap?.assumption).toContain('drawn independently')
    const noise = whole.diagnostics.find(({ id }) => id === 'noise-scale')
    const trace = real.at('const_iid', 'noise_trace_batch_from_halves')
    const measured = noise ? detail(noise, 'noise trace tr Σ') : Number.NaN
    expect(Math.abs(measured - trace.number('mean'))).toBeLessThan(2 * trace.number('se'))
  })

  it('is only a warning where epochs are reshuffled, and says why', () => {
    const gap = result(
      halves('const_s1', { batchSize: 128, exampleCount: 1437, sampling: 'reshuffled' }),
      'stationarity-gap',
    )
    expect(gap.verdict).toBe('warn')
    expect(gap.assumption).toContain('still biased where epochs are reshuffled')
    const unknown = result(halves('const_s1', {}), 'stationarity-gap')
    expect(unknown.assumption).toContain('give sampling, batch_size and example_count')
  })

  it('never shows that a gradient vanishes, and never replaces a recorded one', () => {
    const interp = halves('interp', { batchSize: 128, exampleCount: 1437, sampling: 'reshuffled' })
    expect(diagnoseRun(interp).verdict.id).not.toBe('stationary-point')
    const columns = readTrace('real_const_iid_steps').columns
    const run = observablesFromColumns(columns, { ...halfRoles, gradient_norm_squared: 'fullg2' }, { sampling: 'iid' })
    const gap = result(run, 'stationarity-gap')
    expect(Math.abs(gap.estimate - real.number('const_iid', 'fullgrad2_exact', 'mean'))).toBeLessThan(0.03)
    expect(gap.assumption).toContain('exact or unbiased')
  })
})

describe('the gap beside what it is compared with', () => {
  it('is given with and without weight decay, scaled by the weights, and as a gain', () => {
    const run = observablesFromColumns(
      {
        ...readTrace('real_const_s0_steps').columns,
        norm: readTrace('real_const_s0_steps').column('fullg2').map(Math.sqrt),
      },
      {
        loss: 'full_loss',
        gradient_norm: 'norm',
        decayed_gradient_norm_squared: 'fullg2_with_wd',
        weight_norm_squared: 'theta2',
      },
      { learningRate: 0.1, momentum: 0.9, weightDecay: 0.005 },
    )
    const gap = result(run, 'stationarity-gap')
    expect(detail(gap, 'with weight decay')).toBeCloseTo(gap.estimate, 12)
    expect(Math.abs(detail(gap, 'without weight decay') - detail(gap, 'with weight decay'))).toBeLessThan(0.01)
    expect(detail(gap, 'without weight decay, low')).toBeLessThan(detail(gap, 'without weight decay'))
    expect(detail(gap, 'predicted gain η/(1−μ)·‖∇f‖²')).toBeCloseTo(gap.estimate, 2)
    expect(detail(gap, 'predicted gain, negligible below 0.001')).toBeGreaterThan(1)
    expect(detail(gap, 'scale-free ‖θ‖²‖∇f‖²')).toBeGreaterThan(50 * gap.estimate)
  })

  it('has the noise floor of its probes', () => {
    const steps = Float64Array.from({ length: 400 }, (_, i) => 10 * i)
    const random = createRandomGenerator(4)
    const probes = (centre: number, spread: number) => ({
      steps,
      values: steps.map(() => centre + spread * random.normal()),
    })
    const run: RunObservables = {
      runId: 'run',
      name: 'run',
      config: {},
      scalars: {
        loss: probes(3, 0.1),
        gradient_norm_squared: probes(0.5, 0.1),
        gradient_norm_squared_standard_error: probes(0.1, 0),
      },
      vectors: {},
      others: [],
    }
    const [chart] = result(run, 'stationarity-gap').charts
    if (chart?.kind !== 'trend') throw new Error('no trend chart')
    expect(chart.floor).toHaveLength(20)
    chart.floor.forEach((level) => expect(level).toBeCloseTo(0.196, 12))
  })
})
