import { diagnoseRun } from '../../../src-core/diagnostics/diagnoseRun.ts'
import type { RunObservables, SegmentRange } from '../../../src-core/diagnostics/observables/observables.ts'
import type { RunDiagnosis, SegmentDiagnosis } from '../../../src-core/diagnostics/verdict/verdictTypes.ts'
import { createRandomGenerator } from './seededNoise.ts'

interface Options {
  readonly count?: number
  readonly seed?: number
  readonly segments?: readonly SegmentRange[]
}

/** SGD on a quadratic in closed form: loss θ²/2, gradient θ, with θ an AR(1) chain. */
export function quadraticObservables(name: string, { count = 4000, seed = 1, segments }: Options = {}): RunObservables {
  const noise = createRandomGenerator(seed)
  const steps = Float64Array.from({ length: count }, (_, step) => step)
  const theta = new Float64Array(count)
  theta[0] = 1
  for (let t = 1; t < count; t += 1) theta[t] = 0.9 * (theta[t - 1] ?? 0) + 0.1 * noise()
  return {
    runId: name,
    name,
    config: { learningRate: 0.1, momentum: 0, batchSize: 1 },
    scalars: {
      loss: { steps, values: theta.map((value) => (value * value) / 2) },
      gradient_norm: { steps, values: theta.map(Math.abs) },
    },
    vectors: { weights: { steps, dimension: 1, values: theta } },
    others: [],
    ...(segments ? { segments } : {}),
  }
}

export function diagnosedQuadratic(name: string, options: Options = {}): RunDiagnosis {
  return diagnoseRun(quadraticObservables(name, options), { margins: { permutationCount: 99 } })
}

export function firstSegment(diagnosis: RunDiagnosis): SegmentDiagnosis {
  const [segment] = diagnosis.segments
  if (!segment) throw new Error('The diagnosis has no segment')
  return segment
}
