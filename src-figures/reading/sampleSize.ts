import type { Reading } from './reading.ts'
import { fraction, row, under } from './mathNode.ts'

export const sampleSize: Reading = {
  chartTitle: 'Effective samples',
  definition: 'independent samples in the judged part',
  line: 'The slowest observable that the verdict rests on decides.',
  purpose: 'A verdict about a law needs independent samples of it. Correlated points are worth less than their number.',
  formula: row('ESS', '=', under('min', 'x'), fraction('n', row('τ', '(', 'x', ')'))),
  symbols: 'n points of the observable x, τ its autocorrelation time in points.',
  estimator:
    'τ as in the autocorrelation; loss and gradient norm decide, weights only where those are missing. 50 for a verdict, 20 for a number.',
  assumptions: 'The autocorrelation time is measured on the judged part.',
  misleads:
    'Recording more often adds points, not independent samples: only more steps do. A mode slower than the record is not seen.',
  sources: [
    'Vehtari et al., Rank-Normalization, Folding, and Localization, 2021, for the use of effective sample sizes',
  ],
}
