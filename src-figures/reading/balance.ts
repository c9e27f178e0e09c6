import { zhang2022 } from './literature.ts'
import type { Reading } from './reading.ts'
import { fraction, lines, row, squaredNorm, sub, sup } from './mathNode.ts'

const trace = row('tr', '(', 'H', 'Σ', ')')
const directional = row('∇', sup('f', 'T'), 'H', '∇', 'f')

export const balance: Reading = {
  chartTitle: 'Descent against diffusion',
  definition: '',
  line: 'Zero is balance.',
  purpose:
    'Explains how a loss can be flat while the gradient is not zero: each step gains by descent what it loses by diffusion across curvature.',
  formula: lines(
    row(
      '−',
      squaredNorm('∇', 'f'),
      '+',
      fraction('e', '2'),
      '[',
      trace,
      '+',
      fraction(row('1', '−', 'μ'), row('1', '+', 'μ')),
      directional,
      ']',
      '=',
      '0',
      ',',
      'e',
      '=',
      fraction('η', row('1', '−', 'μ')),
    ),
    row(
      'f',
      '(',
      'θ′',
      ')',
      '−',
      'f',
      '(',
      'θ',
      ')',
      '=',
      '−',
      'η',
      '∇',
      sup('f', 'T'),
      'v',
      '+',
      fraction(sup('η', '2'), '2'),
      sup('v', 'T'),
      'H',
      'v',
      '+',
      sub('R', '3'),
    ),
  ),
  symbols:
    'η learning rate, μ momentum, H Hessian, Σ covariance of a batch gradient, v the momentum buffer after the step, R₃ what is beyond second order.',
  estimator:
    'From probes: the first form, gradient and Hessian from independent batches, with an interval from batch means that allows for skewness. From every step: the second form; the index is the net change over the descent alone.',
  assumptions: 'Independent batches, and a loss that is nearly quadratic on the scale of one step.',
  misleads:
    'The popular form with an effective learning rate, −‖∇f‖² + (e/2) E gᵀHg, is wrong with momentum, by more than the gradient norm itself; it is shown hollow and grey where it can be computed. The mean net change is small for any bounded loss: what is informative is that descent is not. Near interpolation both terms vanish and their ratio means nothing. The first form does not hold for Nesterov momentum, and for reshuffled batches only roughly.',
  sources: [
    zhang2022,
    'Own derivation with momentum, checked against the exact stationary covariance of heavy-ball SGD on quadratics',
  ],
}
