import type { SgdScalars } from './optimizers/sgd.ts'

/** A step's numbers by metric name. */
export function stepScalars(loss: number, learningRate: number, scalars: SgdScalars): Record<string, number> {
  return {
    'train/loss': loss,
    'train/learning_rate': learningRate,
    'train/stochastic_gradient_norm_squared': scalars.gradientNormSquared,
    'train/weights_dot_gradient': scalars.weightsDotGradient,
    'train/weights_dot_update': scalars.weightsDotUpdate,
    'train/update_norm_squared': scalars.updateNormSquared,
    'train/buffer_norm_squared': scalars.bufferNormSquared,
    'train/weight_norm_squared': scalars.weightNormSquared,
  }
}
