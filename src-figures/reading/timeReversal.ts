import { row, sub, words } from './mathNode.ts'
import type { Reading } from './reading.ts'

export const timeReversal: Reading = {
  chartTitle: 'Probability currents',
  definition: 'asymmetry in time',
  line: 'Zero looks the same forwards and backwards.',
  purpose:
    'A law may be stationary and yet out of equilibrium: the state then circulates. It informs and decides nothing.',
  formula: row(
    'E',
    '[',
    sub('x', 't'),
    sub('y', row('t', '+', 'ℓ')),
    '−',
    sub('y', 't'),
    sub('x', row('t', '+', 'ℓ')),
    ']',
    words(' = 0 in equilibrium'),
  ),
  symbols: 'x and y are the two leading components of the weights or of the outputs, ℓ a lag.',
  estimator:
    'Rotation in the leading plane and the third-order asymmetry of scalars, with intervals from 20 batch means; p-values are corrected for the number of quantities.',
  assumptions: 'A stationary judged part and even spacing of the points.',
  misleads:
    'A drift is asymmetric too. Momentum circulates by itself: in the plane of weights and velocity there is always a current.',
  sources: ['Chaudhari, Soatto, arXiv 1710.11029'],
}
