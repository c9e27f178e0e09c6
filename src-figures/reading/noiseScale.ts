import type { Reading } from './reading.ts'
import { fraction, row, squaredNorm, sub, words } from './mathNode.ts'

export const noiseScale: Reading = {
  chartTitle: 'Noise of one batch, tr Σ',
  definition: '',
  line: 'The noise scale is the batch size at which noise and gradient are equal; batches far below it are mostly noise.',
  purpose:
    'How large is the gradient noise beside the gradient? Under an invariant measure the two stay in proportion; the noise keeps the weights from a stationary point.',
  formula: row(
    sub('B', words('simple')),
    '=',
    fraction(row('B', words(' tr '), sub('Σ', 'B')), squaredNorm('∇', 'f')),
    ',',
    words('signal share '),
    '=',
    fraction(squaredNorm('∇', 'f'), row(squaredNorm('∇', 'f'), '+', words('tr '), sub('Σ', 'B'))),
  ),
  symbols: 'tr Σ is the trace of the covariance of the gradient of one training batch of B examples.',
  estimator:
    'tr Σ and ‖∇f‖² at the same steps: from probe batches where recorded, else ‖g − ∇f‖² from components, else the halves of training batches, else ‖g‖² − ‖∇f‖². Ratios of means over the judged part with delta-method intervals on batch means. The noise scale is left out where ‖∇f‖² cannot be told from zero.',
  assumptions: 'Both are unbiased and of one objective at the same weights; batches are drawn independently.',
  misleads:
    'The squared norm of one batch gradient is signal plus noise, not signal. Halves of reshuffled batches are biased, because the weights have used the rest of the epoch. Near interpolation both vanish and their ratio says little. The simple noise scale leaves out curvature.',
  sources: ['McCandlish, Kaplan, Amodei et al., An Empirical Model of Large-Batch Training, 2018 (arXiv 1812.06162)'],
}
