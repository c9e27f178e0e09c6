import type { ProbeContext } from './probeContext.ts'
import { dot, normSquared, plusScaled } from '#core/linearAlgebra/vector.ts'

/** Exact loss, accuracy and gradient norms over the training set. */
export function fullGradientProbe(context: ProbeContext): Record<string, number> {
  const { loss, accuracy, gradient } = context.fullGradient()
  const scalars: Record<string, number> = {
    'probe/loss': loss,
    'probe/accuracy': accuracy,
    'probe/gradient_norm': Math.sqrt(normSquared(gradient)),
    'probe/gradient_norm_squared_with_decay': normSquared(
      plusScaled(gradient, context.settings.weightDecay, context.weights),
    ),
  }
  for (const { name, from, to } of context.layers) {
    const slope = gradient.subarray(from, to)
    const weights = context.weights.subarray(from, to)
    scalars[`probe/layer/${name}/gradient_norm`] = Math.sqrt(normSquared(slope))
    scalars[`probe/layer/${name}/weight_norm`] = Math.sqrt(normSquared(weights))
    scalars[`probe/layer/${name}/weights_dot_gradient`] = dot(weights, slope)
  }
  return scalars
}
