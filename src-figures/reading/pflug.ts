import type { Reading } from './reading.ts'
import { row, sub, squaredNorm } from './mathNode.ts'

export const pflug: Reading = {
  chartTitle: 'Do consecutive gradients agree?',
  definition: '⟨gₜ, gₜ₊₁⟩',
  line: 'Above zero the run still travels; below zero it jumps about where it is. It says nothing of the law being stationary.',
  purpose: 'Tells the end of the transient of plain SGD from the sign of a product that costs nothing to record.',
  formula: row('E', '⟨', sub('g', 't'), ',', sub('g', row('t', '+', '1')), '⟩', '=', '−', 'E', squaredNorm('∇', 'f')),
  symbols: 'gₜ is the gradient of the batch of step t. The equation is that of a quadratic in its stationary law.',
  estimator: 'Mean over the judged part, with an interval from batch means that allows for skewness.',
  assumptions: 'Plain SGD, constant learning rate, batches drawn independently.',
  misleads:
    'Momentum correlates the steps and reshuffling the batches, so the sign has no meaning there. Where the noise is much larger than the gradient, as is usual, the interval holds zero for a long time; acting on the sign of the bare mean then lowers learning rates far too early.',
  sources: [
    'Pflug, Non-asymptotic Confidence Bounds for Stochastic Approximation Algorithms with Constant Step Size, 1990',
    'Pesme, Dieuleveut, Flammarion, On Convergence-Diagnostic based Step Sizes for Stochastic Gradient Descent, ICML 2020',
  ],
}
