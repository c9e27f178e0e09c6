import type { Reading } from './reading.ts'
import { fraction, row, squaredNorm } from './mathNode.ts'

export const fluctuationDissipation: Reading = {
  chartTitle: 'Fluctuation and dissipation',
  definition: '',
  line: 'A ratio of one means that the norm of the weights is in equilibrium with the noise. It is no evidence of a stationary law.',
  purpose:
    'A meter of equilibration: in equilibrium, what the gradient takes from the size of the weights the noise gives back.',
  formula: row('E', '[', 'θ', '·', 'g', ']', '=', fraction('η', '2'), '(', '1', '+', 'μ', ')', 'E', squaredNorm('v')),
  symbols:
    'g is the gradient as fed to the optimiser, with its weight decay; v the momentum buffer. Without momentum v is g.',
  estimator:
    'Ratio of the two means over the judged part; within 1 % counts as equilibrium. No interval: the terms telescope, and a usual one would be far too narrow.',
  assumptions: 'Heavy-ball or plain SGD, constant learning rate, both sides away from zero.',
  misleads:
    'Holds in the long run for every bounded trajectory, drifting ones included: a pass proves little. Near interpolation both sides are almost zero and the ratio means nothing.',
  sources: ['Yaida, Fluctuation-Dissipation Relations for Stochastic Gradient Descent, ICLR 2019'],
}
