import { createRandomGenerator } from '#core/random/randomGenerator.ts'
import { createRun } from '#engine/runfile/writer.ts'

const stepCount = 100_000
const projectionCount = 64
const dimension = 96
const settings = { learningRate: 0.05, momentum: 0.9, burnIn: 3000 }

/** Heavy ball on a quadratic of 96 dimensions with unit noise, every observable at every step: the longest record that a diagnosis should read in a moment. */
export function writeLongRun(folder: string): { stepCount: number; projectionCount: number; scalarCount: number } {
  const writer = createRun(folder, {
    id: 'long',
    name: 'long',
    group: null,
    tags: [],
    notes: '',
    source: 'logged',
    seed: null,
    createdAtMs: 0,
    host: '',
    versions: {},
    plannedSteps: null,
    recipeYaml: null,
  })
  writer.setConfig({ learning_rate: settings.learningRate, momentum: settings.momentum, weight_decay: 0 })
  writer.defineMetric({
    name: 'sketch/weights',
    kind: 'vector',
    dimension: projectionCount,
    unit: '',
    description: '',
    role: 'weights',
  })
  let scalarCount = 0
  for (const { step, scalars, projections } of simulate()) {
    scalarCount = Object.keys(scalars).length
    writer.logScalars(step, scalars, step)
    writer.logVector(step, 'sketch/weights', projections, step)
    if (step % 1000 === 999) writer.commit()
  }
  writer.finish('finished', '', stepCount)
  return { stepCount, projectionCount, scalarCount }
}

function* simulate(): Generator<{ step: number; scalars: Record<string, number>; projections: Float64Array }> {
  const { learningRate, momentum, burnIn } = settings
  const random = createRandomGenerator(11)
  const curvature = Float64Array.from({ length: dimension }, (_, i) => 0.05 * 200 ** (i / (dimension - 1)))
  const directions = Float64Array.from(
    { length: projectionCount * dimension },
    () => random.normal() / Math.sqrt(dimension),
  )
  const theta = new Float64Array(dimension)
  const buffer = new Float64Array(dimension)
  for (let step = -burnIn; step < stepCount; step += 1) {
    const sum = emptySums()
    const projections = project(directions, theta)
    for (let i = 0; i < dimension; i += 1) {
      const [h = 0, x = 0, v = 0] = [curvature[i], theta[i], buffer[i]]
      const gradient = h * x
      const g = gradient + random.normal()
      const next = momentum * v + g
      sum.loss += 0.5 * h * x * x
      sum.gap += gradient ** 2
      sum.g2 += g * g
      sum.w2 += x * x
      sum.wg += x * g
      sum.v2 += v * v
      sum.gv += g * v
      sum.wn += x * next
      sum.n2 += next * next
      sum.fv += gradient * next
      sum.vhv += h * next * next
      sum.fhf += h * gradient ** 2
      sum.ghg += h * g * g
      buffer[i] = next
      theta[i] = x - learningRate * next
    }
    if (step >= 0) yield { step, scalars: scalarsOf(sum, random.normal()), projections }
  }
}

const emptySums = () => ({
  loss: 0,
  gap: 0,
  g2: 0,
  w2: 0,
  wg: 0,
  v2: 0,
  gv: 0,
  wn: 0,
  n2: 0,
  fv: 0,
  vhv: 0,
  fhf: 0,
  ghg: 0,
})

function project(directions: Float64Array, theta: Float64Array): Float64Array {
  return Float64Array.from({ length: projectionCount }, (_, k) => {
    let sum = 0
    for (let i = 0; i < dimension; i += 1) sum += (directions[k * dimension + i] ?? 0) * (theta[i] ?? 0)
    return sum
  })
}

function scalarsOf(sum: ReturnType<typeof emptySums>, noise: number): Record<string, number> {
  const { learningRate } = settings
  return {
    'probe/loss': sum.loss,
    'probe/gradient_norm': Math.sqrt(sum.gap),
    'probe/gradient_norm_squared': sum.gap + noise,
    'probe/gradient_norm_squared_standard_error': 1,
    'probe/noise_trace': dimension,
    'probe/sharpness': 10,
    'probe/sharpness_residual': 1e-6,
    'probe/directional_sharpness': sum.fhf / sum.gap,
    'probe/gradient_hessian_form': sum.fhf,
    'probe/stochastic_gradient_hessian_form': sum.ghg,
    'probe/gradient_dot_next_buffer': sum.fv,
    'probe/next_buffer_hessian_form': sum.vhv,
    'train/weights_dot_gradient': sum.wg,
    'train/weights_dot_update': -learningRate * sum.wn,
    'train/update_norm_squared': learningRate ** 2 * sum.n2,
    'train/buffer_norm_squared': sum.v2,
    'train/gradient_dot_buffer': sum.gv,
    'train/weight_norm_squared': sum.w2,
    'train/stochastic_gradient_norm_squared': sum.g2,
    'train/learning_rate': learningRate,
  }
}
