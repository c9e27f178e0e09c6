import { fraction, row, sub, underover } from './mathNode.ts'
import type { Reading } from './reading.ts'

export const spectralDensity: Reading = {
  chartTitle: 'Spectral density',
  definition: 'of the Hessian, on a logarithmic scale',
  line: 'A peak at zero is flat directions; what stands alone on the right are the few sharp ones.',
  purpose:
    'Shows the whole curvature where sharpness shows its largest value: how many directions are flat, how many curve downwards, and how far the sharp ones stand from the rest.',
  formula: row(
    'p',
    '(',
    'x',
    ')',
    '=',
    fraction('1', 'k'),
    underover('∑', row('i', '=', '1'), 'k'),
    underover('∑', row('j', '=', '1'), 'm'),
    sub('w', 'ij'),
    'N',
    '(',
    'x',
    ';',
    sub('θ', 'ij'),
    ',',
    'σ',
    ')',
  ),
  symbols:
    'θij are the m Ritz values from start i of k, wij the squared first components of their vectors; N is a Gaussian of width σ, a hundredth of the range.',
  estimator:
    'Stochastic Lanczos quadrature on fixed training examples from fixed random starts with entries ±1. The trace takes its largest eigenvectors exactly; its interval is by t over the starts.',
  assumptions: 'The recorded examples stand for all data, and there are enough starts.',
  misleads:
    'The curve is blurred: eigenvalues closer than σ merge, and an isolated one looks as wide as σ. Its height at isolated eigenvalues is random with few starts. The extremes are bounds from inside. Within σ of zero, a node stands for flat directions of both signs.',
  sources: [
    'Ghorbani, Krishnan, Xiao, An Investigation into Neural Net Optimization via Hessian Eigenvalue Density, ICML 2019',
    'Lin, Saad, Yang, Approximating Spectral Densities of Large Matrices, SIAM Review 2016',
  ],
}
