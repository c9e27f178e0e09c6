import { fraction, row, sup } from './mathNode.ts'
import type { Reading } from './reading.ts'

export const normEquilibrium: Reading = {
  chartTitle: 'Norm equilibrium',
  definition: 'scale-invariant weights',
  line: 'Where the curve meets the dashed one, weight decay and noise hold the norm. Without decay it grows for ever.',
  purpose:
    'Weights below a normalisation layer have no natural size. Their norm settles where weight decay balances the outward push of the noise; before that the run is still equilibrating even if its loss is flat.',
  formula: row(
    sup(row('‖', 'w', '‖'), '4'),
    '=',
    fraction(
      row('η', sup('s', '2')),
      row('λ', '(', '1', '−', 'μ', ')', '(', '2', '−', fraction(row('η', 'λ'), row('1', '+', 'μ')), ')'),
    ),
  ),
  symbols: 'η learning rate, μ momentum, λ weight decay, s² = ‖w‖² E‖g‖².',
  estimator: 'Predicted over actual fourth power of the norm on the judged part.',
  assumptions:
    'The judged weights (all of them, or those of a layer) are scale-invariant, so that weights and gradient are at right angles, and the gradient is mostly noise without a preferred direction.',
  misleads:
    'Weights that no normalisation follows break it: where the norms of layers were recorded, each layer is judged by itself. Without weight decay the norm grows for ever and there is no law of the weights, only of their direction.',
  sources: ['van Laarhoven 2017 and Wan et al. 2021; the momentum form checked by simulation of scale-invariant noise'],
}
