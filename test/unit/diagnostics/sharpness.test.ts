import { describe, expect, it } from 'vitest'
import { diagnoseRun } from '#core/diagnostics/diagnoseRun.ts'
import type { Hyperparameters, RunObservables, ScalarRole } from '#core/diagnostics/observables/observables.ts'
import { preconditionedThreshold } from '#core/diagnostics/checks/curvature/sharpnessThreshold.ts'
import { createRandomGenerator } from '#core/random/randomGenerator.ts'
import { readReference, readTrace } from '../statistics/referenceTraces.ts'

const count = 400

/** Noise around given levels, 2 % wide. */
function run(levels: Partial<Record<ScalarRole, number>>, config: Hyperparameters): RunObservables {
  const random = createRandomGenerator(3)
  const steps = Float64Array.from({ length: count }, (_, i) => 10 * i)
  const scalars = Object.entries({ loss: 1, gradient_norm_squared: 0.3, ...levels }).map(([role, level]) => [
    role,
    { steps, values: steps.map(() => level * (1 + 0.02 * random.normal())) },
  ])
  return { runId: 'run', name: 'run', config, scalars: Object.fromEntries(scalars), vectors: {}, others: [] }
}

function sharpnessOf(observables: RunObservables) {
  const result = diagnoseRun(observables).diagnostics.find(({ id }) => id === 'sharpness')
  if (!result) throw new Error('no sharpness')
  const detail = (label: string) => result.details.find((entry) => entry.label === label)?.value
  return { ...result, detail }
}

const config = { learningRate: 0.1, momentum: 0.9 }

describe('sharpness against 2(1+μ)/η = 38', () => {
  it.each([
    [4, 'pass', /comes from noise/],
    [38, 'warn', /at the edge/],
    [60, 'warn', /beyond the edge/],
  ] as const)('of %d', (level, verdict, summary) => {
    const result = sharpnessOf(run({ sharpness: level }, config))
    expect(result).toMatchObject({ verdict, summary: expect.stringMatching(summary) })
    expect(result.estimate).toBeCloseTo(level / 38, 1)
    expect(result.low).toBeLessThan(result.estimate)
  })

  it('adds the weight decay', () => {
    expect(sharpnessOf(run({ sharpness: 20 }, { ...config, weightDecay: 10 })).estimate).toBeCloseTo(30 / 38, 2)
  })

  it('names noise only beside a gradient that does not vanish', () => {
    const flat = run({ sharpness: 4 }, config)
    const { gradient_norm_squared: _gap, ...scalars } = flat.scalars
    expect(sharpnessOf({ ...flat, scalars }).summary).not.toContain('noise')
  })

  it('says when the interval reaches across the edge', () => {
    expect(sharpnessOf(run({ sharpness: 0.9 * 38 }, config)).reason).toContain('reaches across the edge')
  })
})

describe('Lanczos residual', () => {
  it('is the error bar, widens the interval, and warns where it is large', () => {
    const plain = sharpnessOf(run({ sharpness: 4 }, config))
    const small = sharpnessOf(run({ sharpness: 4, sharpness_residual: 0.1 }, config))
    const chart = small.charts.find(({ kind }) => kind === 'threshold')
    expect(chart?.kind === 'threshold' ? chart.errors.length : 0).toBeGreaterThan(100)
    expect(small.high - small.low).toBeCloseTo(plain.high - plain.low + 0.2 / 38, 3)
    expect(small.verdict).toBe('pass')
    expect(sharpnessOf(run({ sharpness: 4, sharpness_residual: 2 }, config))).toMatchObject({
      verdict: 'warn',
      reason: expect.stringContaining('not converged'),
    })
  })
})

describe('directional and batch sharpness', () => {
  it('are judged against 2/η with intervals, and drawn together', () => {
    const result = sharpnessOf(
      run({ sharpness: 30, directional_sharpness: 8, batch_sharpness: 20, lambda_min: -0.4 }, config),
    )
    expect(result.detail('directional sharpness over its threshold')).toBeCloseTo(8 / 20, 2)
    expect(result.detail('batch sharpness over its threshold')).toBeCloseTo(1, 2)
    expect(result.detail('batch sharpness, low')).toBeLessThan(20.5)
    expect(result.detail('smallest eigenvalue')).toBeCloseTo(-0.4, 1)
    expect(result.reason).toMatch(/directional sharpness .* of 2\/η, below the edge; batch sharpness .* at the edge/)
    const forest = result.charts.find(({ kind }) => kind === 'forest')
    expect(forest?.kind === 'forest' ? forest.rows.map(({ label }) => label) : []).toEqual([
      'λ_max',
      'directional',
      'batch',
    ])
  })

  it('come from the quadratic forms where they were not recorded: E gᵀHg/E‖g‖²', () => {
    const result = sharpnessOf(
      run(
        {
          sharpness: 30,
          gradient_hessian_form: 1.5,
          stochastic_gradient_hessian_form: 12,
          stochastic_gradient_norm_squared: 4,
        },
        config,
      ),
    )
    expect(result.detail('batch sharpness')).toBeCloseTo(3, 1)
    expect(result.detail('directional sharpness')).toBeCloseTo(1.5 / 0.3, 1)
  })

  it('of q13 is that of its stored vector', () => {
    const exact = readReference().at('problems', 'q13_hessian_matrix', 'exact')
    const vector = exact.numbers('dir_sharpness_vec')
    const columns = Object.values(readTrace('q13_hessian_matrix').columns)
    const image = vector.map((_, row) => vector.reduce((sum, x, k) => sum + x * (columns[k]?.[row] ?? Number.NaN), 0))
    const form = vector.reduce((sum, x, i) => sum + x * (image[i] ?? 0), 0)
    const square = vector.reduce((sum, x) => sum + x * x, 0)
    expect(columns.length).toBe(60)
    expect(form / square).toBeCloseTo(exact.number('dir_sharpness'), 9)
  })
})

describe('an optimiser of Adam’s kind', () => {
  const adam = { learningRate: 0.01, beta1: 0.9, optimizer: 'AdamW' }

  it.each([
    [400, 'pass', /comes from noise/],
    [3800, 'warn', /at the edge/],
    [6000, 'warn', /beyond the edge/],
  ] as const)('is judged by the preconditioned Hessian against 38/η: %d', (level, verdict, summary) => {
    const result = sharpnessOf(run({ sharpness: 30, preconditioned_sharpness: level, batch_sharpness: 9 }, adam))
    expect(result).toMatchObject({ verdict, summary: expect.stringMatching(summary) })
    expect(result.estimate).toBeCloseTo(level / 3800, 1)
    expect(result.detail('threshold')).toBeCloseTo(3800, 6)
    expect(result.reason).not.toContain('2/η')
    const chart = result.charts.find(({ kind }) => kind === 'threshold')
    expect(chart?.kind === 'threshold' ? chart.threshold : 0).toBeCloseTo(3800, 6)
  })

  it('has no verdict without the preconditioned Hessian, β₁ or a known rule', () => {
    const reasonOf = (levels: Parameters<typeof run>[0], rule: Hyperparameters) => sharpnessOf(run(levels, rule)).reason
    expect(sharpnessOf(run({ sharpness: 30 }, adam)).verdict).toBe('unknown')
    expect(reasonOf({ sharpness: 30 }, adam)).toMatch(
      /^cannot say: the threshold of AdamW belongs to the Hessian preconditioned/,
    )
    const { beta1: _beta1, ...withoutDecay } = adam
    expect(reasonOf({ preconditioned_sharpness: 30 }, withoutDecay)).toMatch(/^cannot say: β₁ of AdamW is not known/)
    for (const optimizer of ['lion', 'lamb', 'LARS', 'adadelta', 'muon', 'sgdw', 'lbfgs'])
      for (const levels of [{ sharpness: 30 }, { sharpness: 30, preconditioned_sharpness: 30, batch_sharpness: 9 }])
        expect(reasonOf(levels, { ...adam, momentum: 0.9, optimizer })).toBe(
          `cannot say: no stability threshold of ${optimizer} is known here`,
        )
    expect(reasonOf({ preconditioned_sharpness: 30 }, config)).toMatch(/no sharpness was recorded/)
  })

  it('of RMSProp has β₁ = 0, the threshold 2/η', () => {
    const result = sharpnessOf(run({ preconditioned_sharpness: 100 }, { learningRate: 0.01, optimizer: 'rmsprop' }))
    expect(result.detail('threshold')).toBeCloseTo(200, 6)
  })

  const decay = 0.9
  /** Steps of the direction that is divided by the constant preconditioner, from the running mean or buffer m and the gradient g. */
  const rules: Record<
    string,
    { rule: Hyperparameters; next: (m: number, g: number) => { m: number; direction: number } }
  > = {
    Adam: {
      rule: adam,
      next: (m, g) => ({ m: decay * m + (1 - decay) * g, direction: decay * m + (1 - decay) * g }),
    },
    NAdam: {
      rule: { ...adam, optimizer: 'NAdam' },
      next: (m, g) => {
        const mean = decay * m + (1 - decay) * g
        return { m: mean, direction: decay * mean + (1 - decay) * g }
      },
    },
    'RMSProp with momentum': {
      rule: { learningRate: 0.01, momentum: decay, optimizer: 'rmsprop' },
      next: (m, g) => ({ m: decay * m + g, direction: decay * m + g }),
    },
    RMSProp: { rule: { learningRate: 0.01, optimizer: 'rmsprop' }, next: (_, g) => ({ m: 0, direction: g }) },
  }

  it.each(Object.entries(rules))('%s loses stability at that threshold', (_, { rule, next }) => {
    const p = 0.7
    const endsAt = (share: number) => {
      // The eigenvalue of the preconditioned Hessian is h/p.
      const h = share * p * preconditionedThreshold(rule)
      let [x, m] = [1, 0]
      for (let step = 0; step < 20_000 && Math.abs(x) < 1e6; step += 1) {
        const step1 = next(m, h * x)
        m = step1.m
        x -= ((rule.learningRate ?? Number.NaN) * step1.direction) / p
      }
      return Math.abs(x)
    }
    expect(endsAt(0.99)).toBeLessThan(1)
    expect(endsAt(1.01)).toBeGreaterThan(1e5)
  })
})
