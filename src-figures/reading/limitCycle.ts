import type { Reading } from './reading.ts'
import { fraction, over, row, sub, sup, under } from './mathNode.ts'

export const limitCycle: Reading = {
  chartTitle: 'Spectrum',
  definition: '% of the variance, by period',
  line: 'A cycle puts its variance into one line, and its harmonics.',
  purpose:
    'A run may keep moving without noise: in a cycle the gradient is constant and not zero, and the time average is a law of its own kind.',
  formula: row(
    sub('s', 'k'),
    '=',
    fraction(
      row('|', sub(over('x', '^'), 'k'), sup('|', '2')),
      row(under('∑', 'j'), '|', sub(over('x', '^'), 'j'), sup('|', '2')),
    ),
  ),
  symbols: 'x̂ₖ is the Fourier coefficient of the judged series at k periods over its length.',
  estimator:
    'Share of the strongest line with its overtones, for every judged series, times its persistence: the correlation that is left at lags of a quarter to half of the series.',
  assumptions: 'Points are recorded at even spacing.',
  misleads:
    'A period that divides the spacing of the probes cannot be seen. Under reshuffling the order of the data repeats every epoch, and lines at whole fractions of an epoch are an artefact of it. A slow drift looks like a very long period.',
  sources: [
    'Chaudhari, Soatto, arXiv 1710.11029',
    'Closed form of the period-two cycle of gradient descent on (θ² − 1)²/4, used as test',
  ],
}
