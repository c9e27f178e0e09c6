import type { Reading } from './reading.ts'
import { fraction, row, sub, sup, words } from './mathNode.ts'

export const sharpness: Reading = {
  chartTitle: 'Sharpness λmax',
  definition: 'against the threshold of stability',
  line: 'Noise keeps a run below the dashed line; descent without noise climbs to it.',
  purpose:
    'Tells two reasons why a gradient does not vanish apart: noise in the batches, or a learning rate at which the sharpest direction is unstable.',
  formula: row(
    sub('λ', 'max'),
    '(',
    'H',
    ')',
    '<',
    sup('λ', '∗'),
    '=',
    fraction(row('2', '(', '1', '+', 'μ', ')'), 'η'),
    ';',
    words(' Nesterov '),
    fraction(row('2', '(', '1', '+', 'μ', ')'), row('η', '(', '1', '+', '2', 'μ', ')')),
  ),
  symbols:
    'λmax is the largest eigenvalue of the Hessian, with the weight decay added. Directional sharpness is the curvature along the gradient, batch sharpness that along batch gradients; both are compared with 2/η.',
  estimator:
    'Lanczos iteration with full re-orthogonalisation on a fixed sample from a fixed start; the error bar is the residual of the eigenpair.',
  assumptions: 'The iteration has converged, and the threshold is that of a quadratic under this optimiser.',
  misleads:
    'Sharpness on a small sample is larger than on all data. A value above the threshold without divergence means that higher orders hold the run. Few power iterations give a lower bound only. For Adam it is the preconditioned Hessian that has a threshold, 2(1+β₁)/(η(1−β₁)); without that eigenvalue none is shown.',
  sources: [
    'Cohen et al., Gradient Descent Typically Occurs at the Edge of Stability, ICLR 2021',
    'Cohen et al., Adaptive Gradient Methods at the Edge of Stability, 2022',
    'Ahn, Zhang, Sra, arXiv 2205.01050',
    'Andreyev, Beneventano, Edge of Stochastic Stability, 2024',
  ],
}
