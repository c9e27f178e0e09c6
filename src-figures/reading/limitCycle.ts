import type { Reading } from './reading.ts'
import { fraction, over, row, sub, sup, under } from './mathNode.ts'

export const limitCycle: Reading = {
  chartTitle: 'Spectrum',
  definition: '% of the variance',
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
    'For every judged series the share of its strongest line with its overtones, and its persistence: the correlation that is left at lags of a quarter to half of the series. Shown is the series in which the smaller of both is largest, its spectrum, and the period of its line. Periods that fit fewer than 16 times are shaded: slow power is wandering, and no line is looked for there. Two other lengths stand beside it, for comparison: the lag after which the weights come closest to where they were (their recurrence, a whole number of rows), and the mean distance between bursts of the loss. They agree for a simple cycle. They differ where a series runs through its values more than once in a period of the weights: ‖θ‖² and the loss of a motion symmetric about zero have half its period.',
  assumptions: 'Points are recorded at even spacing.',
  misleads:
    'A period that divides the spacing of the probes cannot be seen. Under reshuffling the order of the data repeats every epoch, and lines at whole fractions of an epoch are an artefact of it. A slow drift looks like a very long period.',
  sources: [
    'Chaudhari, Soatto, arXiv 1710.11029',
    'Closed form of the period-two cycle of gradient descent on (θ² − 1)²/4, used as test',
  ],
}
