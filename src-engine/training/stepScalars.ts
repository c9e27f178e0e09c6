import type { SgdScalars, SgdSettings } from './optimizers/sgd.ts'

/** A step's numbers by metric name. Those of the direction u are others than the buffer's only for Nesterov. */
export function stepScalars(
  loss: number,
  { learningRate, nesterov }: Pick<SgdSettings, 'learningRate' | 'nesterov'>,
  scalars: SgdScalars,
): Record<string, number> {
  return {
    'train/loss': loss,
    'train/learning_rate': learningRate,
    'train/stochastic_gradient_norm_squared': scalars.gradientNormSquared,
    'train/weights_dot_gradient': scalars.weightsDotGradient,
    'train/weights_dot_update': scalars.weightsDotUpdate,
    'train/update_norm_squared': scalars.updateNormSquared,
    'train/buffer_norm_squared': scalars.bufferNormSquared,
    'train/weight_norm_squared': scalars.weightNormSquared,
    'train/gradient_dot_buffer': scalars.gradientDotBuffer,
    ...(nesterov && {
      'train/direction_norm_squared': scalars.directionNormSquared,
      'train/direction_dot_next_buffer': scalars.directionDotNextBuffer,
    }),
  }
}
