import { fraction, row, sub, words } from './mathNode.ts'
import type { Reading } from './reading.ts'

export const tailIndex: Reading = {
  chartTitle: 'Tail index',
  definition: 'of the gradient noise',
  line: 'Two is Gaussian; less means heavier tails.',
  purpose: 'Asks whether single large steps carry the motion. It informs and decides nothing.',
  formula: row(
    fraction('1', 'α'),
    '=',
    fraction(row(words('mean log|Y|'), '−', words('mean log|X|')), row('log', sub('K', '1'))),
  ),
  symbols: 'X are centred and standardised values, Y sums of K₁ of them.',
  estimator:
    'The block estimator on differences of random pairs of each component, averaged over the components and set beside Gaussian samples of the same length. The Hill plot is of the centred, standardised components.',
  assumptions: 'One scale throughout.',
  misleads:
    'A mixture of scales over time, parameters or layers looks heavy-tailed without being so. “Heavier than Gaussian” is all that can be said; it is no proof of an infinite variance.',
  sources: ['Mohammadi, Mohammadpour, Ogata, 2015', 'Şimşekli, Sagun, Gürbüzbalaban, ICML 2019', 'Hill, 1975'],
}
