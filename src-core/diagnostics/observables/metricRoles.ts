import type { ScalarRole, VectorRole } from './observables.ts'

/** What the scalar metrics of our own training worker mean to the diagnostics. */
export const scalarMetricRoles: Readonly<Record<string, ScalarRole>> = {
  'probe/loss': 'loss',
  'probe/accuracy': 'accuracy',
  'probe/gradient_norm': 'gradient_norm',
  'probe/gradient_norm_squared': 'gradient_norm_squared',
  'probe/gradient_norm_squared_with_decay': 'decayed_gradient_norm_squared',
  'probe/gradient_norm_squared_standard_error': 'gradient_norm_squared_standard_error',
  'probe/noise_trace': 'noise_trace',
  'probe/sharpness': 'sharpness',
  'probe/sharpness_residual': 'sharpness_residual',
  'probe/lambda_min': 'lambda_min',
  'probe/hessian_trace': 'hessian_trace',
  'probe/hessian_trace_standard_error': 'hessian_trace_standard_error',
  'probe/directional_sharpness': 'directional_sharpness',
  'probe/batch_sharpness': 'batch_sharpness',
  'probe/gradient_hessian_form': 'gradient_hessian_form',
  'probe/stochastic_gradient_hessian_form': 'stochastic_gradient_hessian_form',
  'probe/gradient_dot_next_buffer': 'gradient_dot_next_buffer',
  'probe/next_buffer_hessian_form': 'next_buffer_hessian_form',
  'train/weights_dot_gradient': 'weights_dot_gradient',
  'train/weights_dot_update': 'weights_dot_update',
  'train/update_norm_squared': 'update_norm_squared',
  'train/buffer_norm_squared': 'buffer_norm_squared',
  'train/gradient_dot_buffer': 'gradient_dot_buffer',
  'train/direction_norm_squared': 'direction_norm_squared',
  'train/direction_dot_next_buffer': 'direction_dot_next_buffer',
  'train/weight_norm_squared': 'weight_norm_squared',
  'train/stochastic_gradient_norm_squared': 'stochastic_gradient_norm_squared',
  'train/learning_rate': 'learning_rate',
}

/** What the vector metrics of our own training worker mean to the diagnostics. */
export const vectorMetricRoles: Readonly<Record<string, VectorRole>> = {
  'sketch/weights': 'weights',
  'sketch/function': 'function_outputs',
  'probe/ritz_values': 'ritz_values',
  'probe/ritz_weights': 'ritz_weights',
}

/** The loss on training batches: stands in for the loss, marked `lossSource: 'batch'`, when no probe loss was recorded. */
export const batchLossMetric = 'train/loss'
