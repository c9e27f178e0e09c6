import type { Reading } from './reading.ts'
import { fraction, lines, row, squaredNorm } from './mathNode.ts'

export const fluctuationDissipation: Reading = {
  chartTitle: 'Fluctuation and dissipation',
  definition: '',
  line: 'A ratio of one means that the norm of the weights is in equilibrium with the noise. It is no evidence of a stationary law.',
  purpose:
    'A meter of equilibration: in equilibrium, what the gradient takes from the size of the weights the noise gives back.',
  formula: lines(
    row(
      '(',
      '1',
      '−',
      'd',
      ')',
      'E',
      '[',
      'θ',
      '·',
      'g',
      ']',
      '=',
      fraction('η', '2'),
      '(',
      '1',
      '+',
      'μ',
      ')',
      'E',
      squaredNorm('v'),
    ),
    row('−', '2', 'E', '[', '(', 'θ', '−', 'c', ')', '·', 'Δ', ']', '=', 'E', squaredNorm('Δ')),
  ),
  symbols:
    'g is the gradient as fed to the optimiser, with its coupled weight decay; v the momentum buffer, without momentum g itself; d the dampening; Δ the step as made, by any optimiser; c any fixed centre. Nesterov, with u = g + μv′: E[θ·g] = (η/2)(1−μ)E‖u‖² + μ²η E[u·v′].',
  estimator:
    'Ratio of the two means over the judged part; within 1 % counts as equilibrium. The second line holds for Adam and decoupled decay too, and about the window’s mean the large constant part of ‖θ‖² does not hide what moves. No interval for the ratio: the terms telescope, and a usual one would be far too narrow. Beside it SASA, which asks that the interval of the difference lies within 2 % of the right side, SASA+, which asks that it holds zero, and for plain SGD the second relation E‖∇f‖² = (η/2)E[gᵀHg].',
  assumptions: 'Constant hyper-parameters, both sides away from zero.',
  misleads:
    'Holds in the long run for every bounded trajectory, drifting ones included: a pass proves little, and SASA and SASA+ inherit that. Near interpolation both sides are almost zero and the ratio means nothing; it is then left out.',
  sources: [
    'Yaida, Fluctuation-Dissipation Relations for Stochastic Gradient Descent, ICLR 2019',
    'Lang, Zhang, Xiao, Using Statistics to Automate Stochastic Optimization, NeurIPS 2019 (SASA)',
    'Zhang, Lang, Liu, Xiao, Statistical Adaptive Stochastic Gradient Methods, 2020 (SASA+)',
  ],
}
