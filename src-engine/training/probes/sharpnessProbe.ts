import { createRandomStream } from '#core/random/randomStream.ts'
import { lanczos } from '#core/linearAlgebra/lanczos.ts'
import type { ProbeContext } from './probeContext.ts'
import { dot, normSquared } from '#core/linearAlgebra/vector.ts'

/** Start of every Lanczos iteration, of every run: probes of one run, and runs of one recipe, differ by their weights alone. */
const startSeed = 1

/** Extreme Hessian eigenvalues of f on the first `exampleCount` training examples, which are a fixed random subset, and the curvature along ∇f. */
export function sharpnessProbe(
  context: ProbeContext,
  iterations: number,
  exampleCount: number,
): Record<string, number> {
  const { loss, weights } = context
  const examples = Int32Array.from({ length: Math.min(exampleCount, loss.exampleCount) }, (_, index) => index)
  const { gradient } = context.fullGradient()
  const start = new Float64Array(loss.parameterCount)
  createRandomStream(startSeed, 'probe/sharpness').fillNormal(start)
  const multiply = (vector: Float64Array) => loss.hessianProduct(weights, vector, examples)
  const spectrum = lanczos(multiply, start, iterations)
  return {
    'probe/sharpness': spectrum.largest,
    'probe/sharpness_residual': spectrum.largestResidual,
    'probe/lambda_min': spectrum.smallest,
    'probe/lambda_min_residual': spectrum.smallestResidual,
    'probe/directional_sharpness': dot(gradient, multiply(gradient)) / normSquared(gradient),
  }
}
