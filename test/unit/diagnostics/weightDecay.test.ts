import { describe, expect, it } from 'vitest'
import { observablesFromColumns } from '#calibration/simulations.ts'
import { diagnoseRun } from '#core/diagnostics/diagnoseRun.ts'
import type { Hyperparameters, RunObservables } from '#core/diagnostics/observables/observables.ts'
import type { DiagnosticId } from '#core/diagnostics/results/diagnosticResult.ts'
import { createRandomGenerator } from '#core/random/randomGenerator.ts'

const [h, centre, decay, eta, sigma, n] = [1, 3, 0.5, 0.1, 0.7, 12_000]

/** SGD with coupled weight decay on ½h(θ−c)² with noise σ, from its stationary law. With H = h + λ, x = θ − hc/H is an AR(1) of variance ησ²/(H(2−ηH)), and ∇f + λθ = Hx. */
function simulate(seed: number): Record<string, Float64Array> {
  const random = createRandomGenerator(seed)
  const columns = {
    loss: new Float64Array(n),
    plain: new Float64Array(n),
    decayed: new Float64Array(n),
    fed: new Float64Array(n),
    withoutDecay: new Float64Array(n),
    gradient: new Float64Array(n),
    objective: new Float64Array(n),
    form: new Float64Array(n),
    product: new Float64Array(n),
  }
  let theta = (h * centre) / (h + decay)
  for (let t = -500; t < n; t += 1) {
    const gradient = h * (theta - centre)
    const noise = sigma * random.normal()
    const fed = gradient + decay * theta + noise
    if (t >= 0) {
      columns.loss[t] = 0.5 * h * (theta - centre) ** 2
      columns.plain[t] = gradient ** 2
      columns.decayed[t] = (gradient + decay * theta) ** 2
      columns.fed[t] = fed
      columns.withoutDecay[t] = gradient + noise
      columns.gradient[t] = gradient
      columns.objective[t] = gradient + decay * theta
      columns.form[t] = (h + decay) * fed ** 2
      columns.product[t] = theta * fed
    }
    theta -= eta * fed
  }
  return columns
}

const columns = simulate(5)
const config: Hyperparameters = { learningRate: eta, weightDecay: decay, batchSize: 16 }
const curvature = h + decay
/** E‖∇f + λθ‖² of the stationary law. */
const exactGap = (curvature * eta * sigma ** 2) / (2 - eta * curvature)

const observe = (roles: Record<string, string>, own: Hyperparameters = config) =>
  observablesFromColumns(columns, roles, own)

function resultOf(run: RunObservables, id: DiagnosticId) {
  const result = diagnoseRun(run).diagnostics.find((candidate) => candidate.id === id)
  if (!result) throw new Error(`no ${id}`)
  const detail = (label: string) => result.details.find((each) => each.label === label)?.value ?? Number.NaN
  return { ...result, detail }
}

const standardError = ({ low, high }: { low: number; high: number }) => (high - low) / 2 / 2.093

const withDecay = observe({ loss: 'loss', gradient_norm_squared: 'plain', decayed_gradient_norm_squared: 'decayed' })
const withoutDecay = observe({ loss: 'loss', gradient_norm_squared: 'plain' })

describe('with weight decay, the gradient of the loss alone', () => {
  it('is no measure of the distance from a stationary point: it warns and says what is needed', () => {
    const gap = resultOf(withoutDecay, 'stationarity-gap')
    expect(gap.verdict).toBe('warn')
    expect(gap.reason).toContain('role decayed_gradient_norm_squared')
    const decayed = resultOf(withDecay, 'stationarity-gap')
    expect(decayed.verdict).toBe('pass')
    expect(decayed.reason).not.toContain('role')
    expect([gap.symbol, decayed.symbol]).toEqual(['‖∇f‖²', '‖∇f+λθ‖²'])
    expect(Math.abs(decayed.estimate - exactGap)).toBeLessThan(4 * standardError(decayed))
    // E‖∇f‖² is (λhc/H)² + h² Var x, a hundred times as large.
    expect(gap.estimate).toBeGreaterThan(20 * exactGap)
  })

  it('gives no descent: −η‖∇f + λθ‖² is that, within four standard errors of the exact one', () => {
    expect(resultOf(withoutDecay, 'balance')).toMatchObject({ verdict: 'unknown', estimate: Number.NaN })
    expect(resultOf(withoutDecay, 'balance').reason).toContain('role decayed_gradient_norm_squared')
    const balance = resultOf(withDecay, 'balance')
    const ends = { low: balance.detail('descent per step, low'), high: balance.detail('descent per step, high') }
    expect(Math.abs(balance.detail('descent per step') + eta * exactGap)).toBeLessThan(4 * standardError(ends))
  })

  it('has no second relation to the noise; with decay its ratio is 1', () => {
    const terms = { weights_dot_gradient: 'product', stochastic_gradient_hessian_form: 'form' }
    const label = 'second relation, (η/2)gᵀHg over ‖∇f‖²'
    const squares = { ...columns, squares: (columns['fed'] ?? new Float64Array()).map((value) => value ** 2) }
    const relation = (roles: Record<string, string>) =>
      resultOf(
        observablesFromColumns(
          squares,
          { ...roles, ...terms, stochastic_gradient_norm_squared: 'squares', loss: 'loss' },
          config,
        ),
        'fluctuation-dissipation',
      )
    expect(relation({ gradient_norm_squared: 'plain' }).detail(label)).toBeNaN()
    const both = relation({ gradient_norm_squared: 'plain', decayed_gradient_norm_squared: 'decayed' })
    const ends = { low: both.detail(`${label}, low`), high: both.detail(`${label}, high`) }
    expect(Math.abs(both.detail(label) - 1)).toBeLessThan(4 * standardError(ends))
  })
})

describe('the balance of a norm that still relaxes', () => {
  const lambda = 0.0004
  const random = createRandomGenerator(21)
  const run = { loss: [] as number[], norm: [] as number[], product: [] as number[], form: [] as number[] }
  // Weight decay alone moves the second weight: f does not see it. F is a quadratic, so R₃ = 0.
  let [x, y] = [0, 30]
  for (let t = 0; t < 4000; t += 1) {
    const [gx, gy] = [x + lambda * x, lambda * y]
    const fed = gx + 0.1 * random.normal()
    run.loss.push(0.5 * x * x)
    run.norm.push(x * x + y * y)
    run.product.push(gx * fed + gy * gy)
    run.form.push((1 + lambda) * fed * fed + lambda * gy * gy)
    x -= 0.1 * fed
    y -= 0.1 * gy
  }
  const series = Object.fromEntries(Object.entries(run).map(([name, values]) => [name, Float64Array.from(values)]))
  const roles = { loss: 'loss', gradient_dot_next_buffer: 'product', next_buffer_hessian_form: 'form' }
  const balanceOf = (given: Record<string, string>) =>
    resultOf(observablesFromColumns(series, given, { learningRate: 0.1, weightDecay: lambda }), 'balance')
  const remainder = 'remainder beyond second order, R₃'

  it('is that of f + λ/2‖θ‖²: second order explains it all', () => {
    const balance = balanceOf({ ...roles, weight_norm_squared: 'norm' })
    expect(Math.abs(balance.detail(remainder))).toBeLessThan(1e-12)
    const net = balance.detail('net change per step, from the means of the first and last tenth of the loss')
    // F falls by λ/2 d(y²)/dt = −ηλ²y² per step, and f does not fall.
    expect(net / -(0.1 * lambda ** 2 * 30 ** 2)).toBeGreaterThan(0.5)
  })

  it('says no remainder where ‖θ‖² was not recorded', () => {
    expect(balanceOf(roles).detail(remainder)).toBeNaN()
    expect(balanceOf(roles).estimate).toBeGreaterThanOrEqual(0)
  })
})

describe('the noise of components', () => {
  it.each([
    ['both with decay', 'objective', 'fed'],
    ['both without', 'gradient', 'withoutDecay'],
  ])('is tr Σ within four standard errors, %s', (_, gradient, stochastic) => {
    const noise = resultOf(observe({ loss: 'loss', gradient, stochastic_gradient: stochastic }), 'noise-scale')
    const ends = { low: noise.detail('noise trace tr Σ, low'), high: noise.detail('noise trace tr Σ, high') }
    expect(Math.abs(noise.detail('noise trace tr Σ') - sigma ** 2)).toBeLessThan(4 * standardError(ends))
  })

  it('is not said where only one of the gradients holds the decay', () => {
    const noise = resultOf(observe({ loss: 'loss', gradient: 'gradient', stochastic_gradient: 'fed' }), 'noise-scale')
    expect(noise).toMatchObject({ verdict: 'unknown', estimate: Number.NaN })
    expect(noise.reason).toContain('of one objective')
  })
})

describe('the gain that one step could bring', () => {
  const label = 'predicted gain η/(1−μ)·‖∇f‖²'
  const plain = { loss: 'loss', gradient_norm_squared: 'decayed' }

  it('is that of the rate η(1−d)/(1−μ) with dampening d', () => {
    const gap = resultOf(observe(plain, { learningRate: 0.1, momentum: 0.8, dampening: 0.4 }), 'stationarity-gap')
    expect(gap.detail(label)).toBeCloseTo(((0.1 * 0.6) / 0.2) * gap.estimate, 12)
  })

  it('is not said of an optimiser whose step is not along the gradient', () => {
    expect(
      resultOf(observe(plain, { learningRate: 0.1, optimizer: 'adam' }), 'stationarity-gap').detail(label),
    ).toBeNaN()
  })
})

describe('a loss that rises', () => {
  it('is no descent that nothing holds', () => {
    const random = createRandomGenerator(9)
    const rising = {
      loss: Float64Array.from({ length: 4000 }, (_, t) => 1 + 0.001 * t + 0.01 * random.normal()),
      gap: Float64Array.from({ length: 4000 }, () => 0.01 * (1 + 0.1 * random.normal())),
    }
    const run = observablesFromColumns(rising, { loss: 'loss', gradient_norm_squared: 'gap' }, { learningRate: 0.1 })
    // Net +0.001 per step against a descent of −η‖∇f‖² = −0.001: an index of 1.
    const balance = resultOf(run, 'balance')
    expect(balance.estimate).toBeCloseTo(1, 1)
    expect(balance).toMatchObject({ verdict: 'warn', summary: 'Diffusion outweighs descent: the loss rises.' })
  })
})

describe('the fluctuation-dissipation relation', () => {
  it('is not said of a handful of steps, whose sums are what the ends of the record happen to be', () => {
    const short = Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, values.subarray(0, 15)]))
    const run = observablesFromColumns(
      { ...short, squares: (short['fed'] ?? new Float64Array()).map((value) => value ** 2) },
      { loss: 'loss', weights_dot_gradient: 'product', stochastic_gradient_norm_squared: 'squares' },
      config,
    )
    const relation = resultOf(run, 'fluctuation-dissipation')
    expect(relation).toMatchObject({ verdict: 'unknown', estimate: Number.NaN })
    expect(relation.reason).toContain('needs 20 common steps')
  })
})
