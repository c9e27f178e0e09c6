import {
  vectorRoles,
  type Hyperparameters,
  type RunObservables,
  type ScalarRole,
  type VectorRole,
} from '#core/diagnostics/observables/observables.ts'
import { createRandomGenerator } from '#core/random/randomGenerator.ts'

/** Columns of a simulated run, one number per step. */
type Columns = Readonly<Record<string, Float64Array>>

/** Which columns have which role, as `ergoscope import --role` says it. */
export type Roles = Partial<Record<ScalarRole, string>> & Partial<Record<VectorRole, readonly string[]>>

const vectorRoleNames = new Set<string>(vectorRoles)

/** Observables from columns that share one step axis; columns without a role become `others`. */
export function observablesFromColumns(columns: Columns, roles: Roles, config: Hyperparameters = {}): RunObservables {
  const count = Object.values(columns)[0]?.length ?? 0
  const steps = columns['step'] ?? Float64Array.from({ length: count }, (_, i) => i)
  const column = (name: string): Float64Array => {
    const values = columns[name]
    if (!values) throw new Error(`no column ${name}`)
    return values
  }
  const entries = Object.entries(roles).map(([role, names]) => ({ role, names: [names].flat() }))
  const used = new Set(entries.flatMap(({ names }) => names).concat('step'))
  const scalars = entries
    .filter(({ role }) => !vectorRoleNames.has(role))
    .map(({ role, names }) => [role, { steps, values: column(names[0] ?? '') }])
  const vectors = entries
    .filter(({ role }) => vectorRoleNames.has(role))
    .map(({ role, names }) => [role, { steps, dimension: names.length, values: interleave(names.map(column)) }])
  return {
    runId: 'run',
    name: 'run',
    config,
    scalars: Object.fromEntries(scalars),
    vectors: Object.fromEntries(vectors),
    others: Object.keys(columns)
      .filter((name) => !used.has(name))
      .map((name) => ({ name, series: { steps, values: column(name) } })),
  }
}

function interleave(columns: readonly Float64Array[]): Float64Array {
  const dimension = columns.length
  return Float64Array.from(
    { length: (columns[0]?.length ?? 0) * dimension },
    (_, i) => columns[i % dimension]?.[Math.floor(i / dimension)] ?? Number.NaN,
  )
}

function table<Name extends string>(names: readonly Name[], count: number): Record<Name, Float64Array> {
  return Object.fromEntries(names.map((name) => [name, new Float64Array(count)])) as Record<Name, Float64Array> // the keys are exactly `names`
}

const oneDimensionalRoles: Roles = {
  loss: 'loss',
  gradient: ['full_grad'],
  stochastic_gradient: ['stoch_grad'],
  weights: ['theta'],
}

/** SGD on ½hθ² with gradient noise σ (q1): AR(1) with φ = 1 − ηh. */
export function quadraticSgd(p: {
  h: number
  eta: number
  sigma: number
  n: number
  start?: number
  seed: number
}): RunObservables {
  const { h, eta, sigma, n } = p
  const random = createRandomGenerator(p.seed)
  const columns = table(['theta', 'loss', 'stoch_grad', 'full_grad'], n)
  let theta = p.start ?? random.normal() * Math.sqrt((eta * sigma ** 2) / (h * (2 - eta * h)))
  for (let t = 0; t < n; t += 1) {
    const g = h * theta + sigma * random.normal()
    columns.theta[t] = theta
    columns.loss[t] = 0.5 * h * theta * theta
    columns.full_grad[t] = h * theta
    columns.stoch_grad[t] = g
    theta -= eta * g
  }
  return observablesFromColumns(columns, oneDimensionalRoles, { learningRate: eta })
}

/** Heavy ball on a diagonal quadratic with independent noise of unit variance (q2), started after its transient. */
export function heavyBallQuadratic(p: {
  h: readonly number[]
  eta: number
  mu: number
  n: number
  seed: number
}): RunObservables {
  const { h, eta, mu, n } = p
  const random = createRandomGenerator(p.seed)
  const weightNames = h.map((_, i) => `theta${i}`)
  const columns = table([...weightNames, 'loss', 'w_dot_g', 'v2', 'w2', 'g2', 'full2', 'fv', 'vhv'], n)
  const theta = h.map(() => 0)
  const v = h.map(() => 0)
  for (let t = -3000; t < n; t += 1) {
    const row = { loss: 0, w_dot_g: 0, v2: 0, w2: 0, g2: 0, full2: 0, fv: 0, vhv: 0 }
    h.forEach((hi, i) => {
      const x = theta[i] ?? 0
      const old = v[i] ?? 0
      const g = hi * x + random.normal()
      const next = mu * old + g
      row.loss += 0.5 * hi * x * x
      row.w_dot_g += x * g
      row.v2 += old * old
      row.w2 += x * x
      row.g2 += g * g
      row.full2 += (hi * x) ** 2
      row.fv += hi * x * next
      row.vhv += hi * next * next
      if (t >= 0) columns[`theta${i}`]?.fill(x, t, t + 1)
      v[i] = next
      theta[i] = x - eta * next
    })
    if (t >= 0) for (const [name, value] of Object.entries(row)) columns[name]?.fill(value, t, t + 1)
  }
  return observablesFromColumns(
    columns,
    {
      loss: 'loss',
      gradient_norm_squared: 'full2',
      stochastic_gradient_norm_squared: 'g2',
      weights: weightNames,
      weight_norm_squared: 'w2',
      weights_dot_gradient: 'w_dot_g',
      buffer_norm_squared: 'v2',
      gradient_dot_next_buffer: 'fv',
      next_buffer_hessian_form: 'vhv',
    },
    { learningRate: eta, momentum: mu },
  )
}

/** Gradient descent on Σ ½h_iθ_i² from θ = 1 (q4a, and q5 when ηh > 2). */
export function gradientDescent(p: { h: readonly number[]; eta: number; n: number; start?: number }): RunObservables {
  const theta = p.h.map(() => p.start ?? 1)
  const weightNames = p.h.map((_, i) => `theta${i}`)
  const columns = table(['loss', 'gradient_norm'], p.n)
  const weightColumns = p.h.map(() => new Float64Array(p.n))
  for (let t = 0; t < p.n; t += 1) {
    let square = 0
    let loss = 0
    p.h.forEach((hi, i) => {
      const x = theta[i] ?? 0
      weightColumns[i]?.fill(x, t, t + 1)
      square += (hi * x) ** 2
      loss += 0.5 * hi * x * x
      theta[i] = x - p.eta * hi * x
    })
    columns.loss[t] = loss
    columns.gradient_norm[t] = Math.sqrt(square)
  }
  const named = Object.fromEntries(weightNames.map((name, i) => [name, weightColumns[i] ?? new Float64Array()]))
  return observablesFromColumns(
    { ...columns, ...named },
    { loss: 'loss', gradient_norm: 'gradient_norm', weights: weightNames },
    { learningRate: p.eta },
  )
}

/** (S)GD on (θ²−1)²/4 (q6 without noise for 1 < η < 1.236; q3 with noise). */
export function doubleWell(p: { eta: number; sigma: number; n: number; start: number; seed: number }): RunObservables {
  const random = createRandomGenerator(p.seed)
  const columns = table(['theta', 'loss', 'full_grad', 'stoch_grad', 'hessian'], p.n)
  let theta = p.start
  for (let t = 0; t < p.n; t += 1) {
    const gradient = theta ** 3 - theta
    const g = gradient + p.sigma * random.normal()
    columns.theta[t] = theta
    columns.loss[t] = (theta ** 2 - 1) ** 2 / 4
    columns.full_grad[t] = gradient
    columns.stoch_grad[t] = g
    columns.hessian[t] = 3 * theta ** 2 - 1
    theta -= p.eta * g
  }
  return observablesFromColumns(columns, { ...oneDimensionalRoles, sharpness: 'hessian' }, { learningRate: p.eta })
}

/** SGD on ½hθ² with a learning rate per step (q4b, q10). */
export function scheduledSgd(p: {
  h: number
  sigma: number
  n: number
  start: number
  seed: number
  rate: (step: number) => number
}): RunObservables {
  const random = createRandomGenerator(p.seed)
  const columns = table(['theta', 'loss', 'stoch_grad', 'full_grad', 'eta'], p.n)
  let theta = p.start
  for (let t = 0; t < p.n; t += 1) {
    const eta = p.rate(t)
    const g = p.h * theta + p.sigma * random.normal()
    columns.theta[t] = theta
    columns.loss[t] = 0.5 * p.h * theta * theta
    columns.full_grad[t] = p.h * theta
    columns.stoch_grad[t] = g
    columns.eta[t] = eta
    theta -= eta * g
  }
  return observablesFromColumns(columns, { ...oneDimensionalRoles, learning_rate: 'eta' })
}

/** Coordinates that walk at random, or drift with unit noise (q9); default: four. */
export function wandering(p: {
  kind: 'walk' | 'drift'
  drift: number
  n: number
  seed: number
  coordinates?: number
}): RunObservables {
  const random = createRandomGenerator(p.seed)
  const names = coordinateNames(p.coordinates ?? 4)
  const columns = table(names, p.n)
  const position = names.map(() => 0)
  for (let t = 0; t < p.n; t += 1)
    names.forEach((name, i) => {
      const noise = random.normal()
      position[i] = (position[i] ?? 0) + (p.kind === 'walk' ? noise : p.drift)
      columns[name]?.fill((position[i] ?? 0) + (p.kind === 'walk' ? 0 : noise), t, t + 1)
    })
  return observablesFromColumns(columns, { weights: names })
}

/** Coordinates in a stationary law from the start, x' = φx + ε, whose relaxation time 1/(1 − φ) is the record over `relaxations`: a walk to whoever looks at much less. */
export function slowLaw(p: { relaxations: number; coordinates: number; n: number; seed: number }): RunObservables {
  const random = createRandomGenerator(p.seed)
  const phi = 1 - p.relaxations / p.n
  const names = coordinateNames(p.coordinates)
  const columns = table(names, p.n)
  for (const name of names) {
    let value = random.normal() / Math.sqrt(1 - phi * phi)
    columns[name]?.forEach((_, t, values) => {
      values[t] = value
      value = phi * value + random.normal()
    })
  }
  return observablesFromColumns(columns, { weights: names })
}

function coordinateNames(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `x${i}`)
}
