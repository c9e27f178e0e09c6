import { zhang2022 } from './literature.ts'
import type { Reading } from './reading.ts'
import { fraction, over, row, squaredNorm, sub, sup, underover } from './mathNode.ts'

export const stationarityGap: Reading = {
  chartTitle: 'Stationarity gap ‖∇f‖²',
  definition: '',
  line: 'A run that stops would sink to the axis.',
  purpose:
    'The size of the full gradient tells a stationary point from a law of motion. If the weights come to rest it goes to zero. If only their distribution settles, it stays at a positive level while the loss is flat.',
  formula: row(
    over(sup('G', '2'), '^'),
    '=',
    fraction(
      row(
        '‖',
        underover('∑', row('i', '=', '1'), 'm'),
        sub('g', 'i'),
        sup('‖', '2'),
        '−',
        underover('∑', row('i', '=', '1'), 'm'),
        squaredNorm(sub('g', 'i')),
      ),
      row('m', '(', 'm', '−', '1', ')'),
    ),
    ',',
    row('E', over(sup('G', '2'), '^'), '=', squaredNorm('∇', 'f')),
  ),
  symbols: 'gᵢ are gradients of m probe batches, drawn separately from training at the frozen weights.',
  estimator:
    'The exact norm from a pass over all examples where it was recorded often enough, else the unbiased estimate above. Mean over the judged part, with an interval from batch means: t, moved out on the side of the longer tail (Hall). Single unbiased values may be negative; they are kept.',
  assumptions:
    'Probe batches are independent and identically distributed, and not those that training used at that step. Batch means are nearly independent: each spans several autocorrelation times.',
  misleads:
    'The squared norm of an averaged gradient is too large by the noise trace divided by the number of batches, in favour of “not stationary”. In networks with normalisation layers the gradient grows as the weights shrink. A low learning rate lowers the gap without any convergence. Weights that visit near-stationary points now and then still have a positive mean.',
  sources: [zhang2022, 'Dutta et al., arXiv 2310.12969, on points near stationary ones among the last iterates'],
}
