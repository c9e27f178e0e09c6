import { zhang2022 } from './literature.ts'
import { fraction, row, sub, words } from './mathNode.ts'
import type { Reading } from './reading.ts'

export const theoremBound: Reading = {
  chartTitle: 'Time-average bound',
  definition: 'the theorem as a meter',
  line: 'It holds for every bounded run, also for a cycle.',
  purpose:
    'The theorem behind the idea of an invariant measure: the law averaged over time is invariant up to the range of an observable over the length of the run, without any smoothness.',
  formula: row(
    '|',
    'E',
    'φ',
    '(',
    sub('θ', 'T'),
    ')',
    '−',
    'E',
    'φ',
    '(',
    sub('θ', '0'),
    ')',
    '|',
    '/',
    'T',
    '≤',
    fraction(words('osc φ'), 'T'),
  ),
  symbols: 'φ is any bounded observable, osc φ its range along the run, T the number of steps.',
  estimator:
    'The largest change of a test function per step between both ends of the judged part, as share of its range. The functions: every judged scalar, the loss cut above its median, accuracy, and tanh, cos and sin of standardised weights and outputs. The chart shows what can tell something: the largest difference of the means of neighbouring windows, four of five batches each, with simultaneous 95 % intervals.',
  assumptions: 'Observables that stay bounded.',
  misleads:
    'The bound is always met. It certifies the theorem and not that the run is stationary, and it says nothing about uniqueness or mixing.',
  sources: [zhang2022, 'Krylov–Bogolyubov argument for invariant measures'],
}
