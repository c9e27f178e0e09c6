import { describe, expect, it } from 'vitest'
import { heavyBallQuadratic, quadraticSgd } from '#calibration/simulations.ts'
import { diagnoseRun } from '#core/diagnostics/diagnoseRun.ts'
import type { RunObservables } from '#core/diagnostics/observables/observables.ts'
import { createRandomGenerator } from '#core/random/randomGenerator.ts'

function balanceOf(run: RunObservables) {
  const result = diagnoseRun(run).diagnostics.find(({ id }) => id === 'balance')
  if (!result) throw new Error('no balance')
  const detail = (start: string) => result.details.find(({ label }) => label.startsWith(start))?.value ?? Number.NaN
  return { ...result, detail }
}

const [h, eta, mu] = [[0.4, 1.5, 6], 0.05, 0.8]
const run = heavyBallQuadratic({ h, eta, mu, n: 20_000, seed: 21 })
/** The run with fresh probes of the quadratic forms; g and H of a probe are independent, noise of unit covariance. */
function withProbes(base: RunObservables): RunObservables {
  const weights = base.vectors.weights
  if (!weights) throw new Error('no weights')
  const random = createRandomGenerator(22)
  const every = 10
  const rows = Array.from({ length: Math.floor(weights.steps.length / every) }, (_, i) => i * every)
  const steps = Float64Array.from(rows)
  const forms = (noise: () => number) =>
    Float64Array.from(rows, (row) =>
      h.reduce((sum, hi, k) => sum + hi * (hi * (weights.values[row * 3 + k] ?? Number.NaN) + noise()) ** 2, 0),
    )
  return {
    ...base,
    scalars: {
      ...base.scalars,
      gradient_hessian_form: { steps, values: forms(() => 0) },
      stochastic_gradient_hessian_form: { steps, values: forms(() => random.normal()) },
    },
  }
}

describe('balance of heavy ball on a quadratic', () => {
  it('has no remainder beyond second order, and descent equal to the curvature term within four standard errors', () => {
    const balance = balanceOf(run)
    expect(balance.verdict).toBe('pass')
    const sum = balance.detail('sum of both terms per step')
    const standardError = (balance.detail('sum of both terms per step, high') - sum) / 2.093
    expect(Math.abs(sum)).toBeLessThan(4 * standardError)
    expect(Math.abs(balance.detail('remainder beyond second order, R₃'))).toBeLessThan(1e-12)
    expect(balance.detail('non-quadratic share')).toBeLessThan(1e-9)
    expect(balance.low).toBeLessThanOrEqual(balance.estimate)
    expect(balance.high).toBeGreaterThanOrEqual(balance.estimate)
  })

  it('takes the net from the first to the last loss for the remainder, and from tenths for the index', () => {
    const balance = balanceOf(run)
    const change = balance.detail('change of the loss per step, first to last')
    expect(change).not.toBe(balance.detail('net change per step'))
    const remainder = balance.detail('remainder beyond second order, R₃')
    expect(Math.abs(change - remainder - balance.detail('sum of both terms per step'))).toBeLessThan(
      Math.abs(balance.detail('descent per step')) / 1000,
    )
  })

  it.each([10, 3, 0.2])('warns where the learning rate is not that of the run but %d times it', (factor) => {
    const wrong = { ...run, config: { ...run.config, learningRate: eta * factor } }
    expect(balanceOf(wrong)).toMatchObject({
      verdict: 'warn',
      summary: 'The terms do not add up to the change of the loss: check the learning rate.',
    })
  })

  it('needs no loss at every step for the remainder', () => {
    const { loss } = run.scalars
    if (!loss) throw new Error('no loss')
    const kept = (_: number, i: number) => i % 7 === 0
    const sparse = { steps: loss.steps.filter(kept), values: loss.values.filter(kept) }
    const balance = balanceOf({ ...run, scalars: { ...run.scalars, loss: sparse } })
    expect(balance.verdict).toBe('pass')
    expect(balance.detail('remainder beyond second order, R₃, from the net change')).toBeLessThan(
      0.05 * Math.abs(balance.detail('descent per step')),
    )
  })

  it('has the exact descent −η Σ h² Var within four standard errors', () => {
    const variance = (hi: number) => (eta * (1 + mu)) / (hi * (1 - mu) * (2 * (1 + mu) - eta * hi))
    // E⟨∇f, v'⟩ = ½η E v'ᵀHv', and E v² = 2hVar/(η(1+μ)) of each coordinate.
    const exact = -0.5 * eta ** 2 * h.reduce((sum, hi) => sum + (hi * 2 * hi * variance(hi)) / (eta * (1 + mu)), 0)
    const balance = balanceOf(run)
    const standardError = (balance.detail('descent per step, high') - balance.detail('descent per step')) / 2.093
    expect(Math.abs(balance.detail('descent per step') - exact)).toBeLessThan(4 * standardError)
  })

  it('shows both forms where both can be, the corrected sum of the probes within four standard errors of zero', () => {
    const balance = balanceOf(withProbes(run))
    expect(balance.charts.map((chart) => ('title' in chart ? chart.title : ''))).toEqual([
      'Descent against diffusion, per step',
      'Descent against diffusion, from probes',
    ])
    const standardError = (balance.detail('from probes: net, high') - balance.detail('from probes: net')) / 2.093
    expect(Math.abs(balance.detail('from probes: net'))).toBeLessThan(4 * standardError)
    expect(balance.detail('from probes: effective-rate form')).toBeGreaterThan(10 * standardError)
  })

  it('says that the white-noise form does not hold under reshuffling', () => {
    const reshuffled = withProbes({ ...run, config: { ...run.config, sampling: 'reshuffled' } })
    expect(balanceOf(reshuffled).reason).toContain('this form holds for independent ones only')
    expect(balanceOf(withProbes(run)).reason).not.toContain('independent ones')
  })
})

describe('balance under other update rules', () => {
  it('with dampening d is that of heavy ball at the rate η(1−d)', () => {
    const { learningRate = Number.NaN } = run.config
    const probed = withProbes(run)
    const dampened = { ...probed, config: { ...run.config, learningRate: learningRate / 0.6, dampening: 0.4 } }
    const net = (of: RunObservables) => balanceOf(of).detail('from probes: net')
    expect(net(dampened) / net(probed)).toBeCloseTo(1, 9)
  })

  it('is not known for Adam', () => {
    const adam = { ...withProbes(run), config: { ...run.config, optimizer: 'adamw' } }
    expect(balanceOf(adam)).toMatchObject({
      verdict: 'unknown',
      estimate: Number.NaN,
      reason: expect.stringMatching(/^cannot say: the step of adamw is not known here/),
    })
  })

  it.each(['SGD', 'torch.optim.SGD', 'sgd_momentum', 'heavy-ball', 'sgdm'])('takes %s for SGD', (optimizer) => {
    expect(balanceOf({ ...run, config: { ...run.config, optimizer } }).verdict).toBe('pass')
  })
})

describe('balance that is too noisy', () => {
  it('is not taken for balance: the interval must lie within the margin', () => {
    const random = createRandomGenerator(6)
    const steps = Float64Array.from({ length: 400 }, (_, i) => i)
    const series = (value: () => number) => ({ steps, values: steps.map(value) })
    const noisy = (spread: number) =>
      balanceOf({
        ...run,
        vectors: {},
        config: { learningRate: 0.1, momentum: 0 },
        scalars: {
          loss: { ...series(() => 1 + 0.1 * random.normal()), steps: steps.map((step) => 2 * step + 1) },
          gradient_norm: series(() => 1),
          gradient_hessian_form: series(() => 0),
          stochastic_gradient_hessian_form: series(() => 20 * (1 + spread * random.normal())),
        },
        lossSource: 'batch',
      })
    expect(noisy(0.2).summary).toBe('Descent and diffusion cancel.')
    const wide = noisy(6)
    expect(wide.high - wide.low).toBeGreaterThan(2 * wide.marginHigh)
    expect(wide).toMatchObject({ verdict: 'unknown', summary: expect.stringContaining('too noisy') })
  })
})

describe('balance at the floor', () => {
  it('is not a ratio of two zeros', () => {
    const sgd = quadraticSgd({ h: 1, eta: 0.1, sigma: 1, n: 2000, seed: 4 })
    const random = createRandomGenerator(5)
    const steps = Float64Array.from({ length: 2000 }, (_, i) => i)
    const gap = steps.map(() => 1e-9 * random.normal())
    const balance = balanceOf({
      ...sgd,
      vectors: {},
      scalars: {
        loss: { steps, values: steps.map(() => 1 + random.normal()) },
        gradient_norm_squared: { steps, values: gap },
      },
    })
    expect(balance).toMatchObject({
      verdict: 'unknown',
      estimate: Number.NaN,
      reason: expect.stringMatching(/^cannot say: descent .* cannot be told from zero/),
    })
  })
})
