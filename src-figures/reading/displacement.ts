import type { Reading } from './reading.ts'
import { fraction, over, row, squaredNorm, sub, sup, words } from './mathNode.ts'

export const displacement: Reading = {
  chartTitle: 'Mean-squared displacement',
  definition: 'standardised',
  line: 'Dotted: confined. Dashed: diffusion.',
  purpose:
    'Asks how far the state moves in a given time. Confined motion can have a stationary law; diffusion and drift cannot.',
  formula: row(
    words('MSD'),
    '(',
    'ℓ',
    ')',
    '=',
    fraction('1', 'K'),
    over(squaredNorm(sub('x', row('t', '+', 'ℓ')), '−', sub('x', 't')), '¯'),
    '∝',
    sup('ℓ', 'γ'),
  ),
  symbols:
    'x are the K outputs on a fixed probe set, or projections of the weights, each divided by its standard deviation. γ: 0 confined, 1 diffusion, 2 drift.',
  estimator:
    'Average over all starts; γ is the slope in both logarithms over the longest usable lags, a fortieth to a tenth of the judged part. Intervals from a jackknife over twelve stretches of starts, over five for the long lags. Outputs decide where they were recorded.',
  assumptions: 'Lags up to a tenth of the segment; beyond that the time average is too poor.',
  misleads:
    'Weights may wander along flat or symmetric directions while every function of the network is stationary; the verdict then rests on the loss. Projections of the weights show K of D directions: times D/K for all. A slow relaxation looks like diffusion until the record is long enough.',
  sources: ['Chaudhari, Soatto, arXiv 1710.11029', 'Ornstein–Uhlenbeck process: 2V(1 − φ^ℓ), used as test'],
}
