import type { Reading } from './reading.ts'
import { row, sub, underover } from './mathNode.ts'

export const autocorrelation: Reading = {
  chartTitle: 'Autocorrelation',
  definition: 'over the lag in steps',
  line: 'In the shaded band the run has forgotten; the dotted line is τ.',
  purpose:
    'Successive points are not independent. The autocorrelation time says how many of them count as one, and every interval rests on it.',
  formula: row(
    'τ',
    '=',
    '1',
    '+',
    '2',
    underover('∑', row('k', '=', '1'), 'M'),
    sub('ρ', 'k'),
    ',',
    'ESS',
    '=',
    row('n', '/', 'τ'),
  ),
  symbols: 'ρₖ is the autocorrelation at lag k, M the first window of at least five times τ.',
  estimator:
    'The larger of one, Sokal’s windowed sum and the value from 20 batch means; Geyer’s estimate is given beside it, each with its standard error. The halves are compared with halves drawn from blocks of five τ.',
  assumptions: 'Even spacing of the recorded points, and a stationary judged part.',
  misleads:
    'Momentum makes the correlation swing around zero; estimators that sum positive terms only are then up to seven times too long. A slow mode that never showed in the record stays unseen. The training-batch loss decorrelates at once and says nothing about the run.',
  sources: [
    'Sokal, Monte Carlo Methods in Statistical Mechanics, 1997',
    'Geyer, Practical Markov Chain Monte Carlo, 1992',
    'Künsch, The Jackknife and the Bootstrap for General Stationary Observations, 1989',
  ],
}
