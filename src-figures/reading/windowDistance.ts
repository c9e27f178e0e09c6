import type { Reading } from './reading.ts'
import { fraction, row, sub, underover, words } from './mathNode.ts'

export const windowDistance: Reading = {
  chartTitle: 'Window to window',
  definition: 'W₁ over its within-window baseline',
  line: 'One means as different as two halves of a window.',
  purpose: 'A stationary law looks the same early and late. Compares whole distributions, not only their means.',
  formula: row(
    sub('W', '1'),
    '(',
    'F',
    ',',
    'G',
    ')',
    '=',
    underover('∫', row('−', '∞'), '∞'),
    '|',
    'F',
    '(',
    'x',
    ')',
    '−',
    'G',
    '(',
    'x',
    ')',
    '|',
    'd',
    'x',
    ',',
    words(' ratio '),
    '=',
    fraction(
      row(sub('W', '1'), '(', words('window i'), ',', words('window j'), ')'),
      row(sub('W', '1'), '(', words('within one'), ')'),
    ),
  ),
  symbols: 'F and G are the distribution functions of the values in two windows.',
  estimator:
    'The p-value compares the two halves of the judged part with random exchanges of whole blocks, each two autocorrelation times long, for every observable, and is corrected by Holm’s method over them. A difference counts when it is significant and larger than its margin. Beside it the distances of the halves over those of odd and even blocks: Kolmogorov–Smirnov, W₁, W₂ and energy of scalars, sliced W₂ and MMD² of vectors; and the distribution of every judged observable by window.',
  assumptions: 'Blocks are exchangeable if the law is stationary, and there are at least 20 of them.',
  misleads:
    'A plain two-sample test that takes correlated steps for independent ones rejects almost always: three times in four at an autocorrelation time of 19 points. With few independent blocks even a large change stays unseen. Ratios near one are noise; read rows and columns, not single cells.',
  sources: [
    'Own calibration of block permutation against Kolmogorov–Smirnov on AR(1) series',
    'Villani, Optimal Transport, 2009, for W₁',
  ],
}
