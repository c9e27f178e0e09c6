export interface MetricTitle {
  /** In words, sentence case. */
  title: string
  /** Symbol of the quantity, empty when there is none in use. */
  symbol: string
  /** What was measured, for the grey text beside a panel's title. */
  definition: string
}

const known: Record<string, MetricTitle> = {
  'train/loss': { title: 'Batch loss', symbol: '', definition: 'of each training batch' },
  'train/learning_rate': { title: 'Learning rate', symbol: 'η', definition: '' },
  'train/step_ms': { title: 'Step time', symbol: '', definition: 'milliseconds' },
  'train/stochastic_gradient_norm_squared': {
    title: 'Batch gradient norm squared',
    symbol: '‖g‖²',
    definition: 'as fed to the optimizer',
  },
  'train/weight_norm_squared': { title: 'Weight norm squared', symbol: '‖θ‖²', definition: '' },
  'train/buffer_norm_squared': { title: 'Momentum buffer squared', symbol: '‖v‖²', definition: 'before the step' },
  'train/gradient_dot_buffer': { title: 'Gradient · buffer', symbol: 'g·v', definition: 'before the step' },
  'train/update_norm_squared': { title: 'Update norm squared', symbol: '‖Δ‖²', definition: '' },
  'probe/loss': { title: 'Loss', symbol: '', definition: 'exact pass over the training set' },
  'probe/accuracy': { title: 'Accuracy', symbol: '', definition: 'training set' },
  'probe/gradient_norm': { title: 'Gradient norm', symbol: '‖∇f‖', definition: 'exact pass over the training set' },
  'probe/gradient_norm_squared': {
    title: 'Gradient norm squared',
    symbol: '‖∇f‖²',
    definition: 'unbiased, from separate batches',
  },
  'probe/noise_trace': { title: 'Gradient noise', symbol: 'tr Σ', definition: 'variance of a batch gradient' },
  'probe/noise_scale': { title: 'Noise scale', symbol: '', definition: 'examples' },
  'probe/sharpness': { title: 'Sharpness', symbol: 'λmax', definition: 'Lanczos' },
  'probe/lambda_min': { title: 'Smallest eigenvalue', symbol: 'λmin', definition: 'Lanczos' },
  'probe/hessian_trace': { title: 'Trace of the Hessian', symbol: 'tr H', definition: 'random starts' },
  'probe/batch_sharpness': {
    title: 'Batch sharpness',
    symbol: 'E gᵀH_b g/E‖g‖²',
    definition: 'gradient and Hessian of one batch',
  },
  'probe/directional_sharpness': { title: 'Directional sharpness', symbol: '∇fᵀH∇f/‖∇f‖²', definition: '' },
  'validation/loss': { title: 'Validation loss', symbol: '', definition: '' },
  'validation/accuracy': { title: 'Validation accuracy', symbol: '', definition: '' },
}

/** Title, symbol and definition of a metric by its name; a metric that we do not know is its own title. */
export function metricTitle(name: string): MetricTitle {
  return known[name] ?? { title: name, symbol: '', definition: '' }
}
