import { fraction, row, sub, sup, under, words } from './mathNode.ts'
import type { Reading } from './reading.ts'

/** What is shown of several runs together. */
export type AcrossReadingId = 'seeds' | 'run-map' | 'experiments'

const seeds: Reading = {
  chartTitle: 'Seeds',
  definition: 'rank-normalised split-R̂',
  line: 'One means the same law in every run; what is below the chance value is what seeds of one law show by chance.',
  purpose:
    'A law found in one run may belong to that run alone. Compares the laws of seeds of one experiment, observable by observable.',
  formula: row(
    'R̂',
    '=',
    sup(
      row('(', fraction(row(fraction(row('N', '−', '1'), 'N'), 'W', '+', fraction('B', 'N')), 'W'), ')'),
      row('1', '/', '2'),
    ),
  ),
  symbols: 'W is the variance within, B/N that of the means of the halves of runs, N their length, all of ranks.',
  estimator:
    'The larger of bulk and folded R̂ over the steps in which every run is judged, at the length of the shortest run; of a vector the largest over its components. The chance value follows from the autocorrelation times, with Bonferroni’s correction over the observables.',
  assumptions: 'Each run has a stationary law of its own; seeds share neither initialisation nor order of the data.',
  misleads:
    'Weights nearly always disagree between seeds, because hidden units can be permuted; they do not decide while an observable of the function was recorded. R̂ sees location and spread: laws that agree in both and differ in shape pass.',
  sources: [
    'Vehtari, Gelman, Simpson, Carpenter, Bürkner, Rank-Normalization, Folding, and Localization: An Improved R̂, Bayesian Analysis 2021',
  ],
}

const runMap: Reading = {
  chartTitle: 'Map of the runs',
  definition: 'classical scaling of the distances between half runs',
  line: 'Each run is a dot between its two halves; runs as close as their halves follow one law as far as can be seen.',
  purpose:
    'Shows at one glance which runs follow laws close to each other, beside the scatter within a run. It informs and decides nothing.',
  formula: row(
    under('min', row(sub('x', '1'), '…', sub('x', 'k'))),
    words(' strain of '),
    '‖',
    sub('x', 'i'),
    '−',
    sub('x', 'j'),
    '‖',
    words(' against '),
    sub('d', 'ij'),
  ),
  symbols: 'xᵢ are the points of half runs in the plane, dᵢⱼ the distances between their laws.',
  estimator:
    'W₁ between half runs, of vectors sliced W₂ over 32 fixed directions. Both axes have one unit per pixel. In the matrix W₁ between runs is divided by that between the halves of one run.',
  assumptions: 'Runs are judged in the same steps and at equal lengths.',
  misleads:
    'Only distances mean something, not directions. A stress above 0.2, say, means that the plane cannot hold them. Short runs scatter widely: their halves lie far apart, too.',
  sources: [
    'Torgerson, Psychometrika 1952; Gower, Biometrika 1966 (classical scaling)',
    'Kruskal, Psychometrika 1964 (stress)',
  ],
}

const experiments: Reading = {
  chartTitle: 'Between experiments',
  definition: 'runs exchanged, not steps',
  line: 'No difference seen is not equality.',
  purpose:
    'Do experiments that differ in a setting follow different laws, and do they scale with learning rate and batch size as small learning rates do?',
  formula: row(
    words('tr\u00a0'),
    'C',
    '∝',
    fraction('η', row('(', '1', '−', 'μ', ')', 'B')),
    ',',
    row('E', 'f', '−', sub('f', words('min'))),
    '∝',
    fraction('η', row('(', '1', '−', 'μ', ')', 'B')),
  ),
  symbols: 'C is the covariance of the weights, η the learning rate, μ the momentum, B the batch size.',
  estimator:
    'Permutation of which runs belong to which experiment, on W₁ (sliced W₂ of vectors) between runs, with Holm’s correction over the observables. Ratios between experiments with a 95 % interval by Welch’s t over runs; they agree when the interval lies within a factor 1.25 of the prediction.',
  assumptions: 'Runs are the exchangeable units: steps of one run are not independent.',
  misleads:
    'Few runs cannot give a small p, whatever they do; the smallest possible one is said. The scaling is that of a quadratic and small learning rates: curvature that changes with the learning rate, or weight decay, breaks it.',
  sources: [
    'Rizzo, Székely, DISCO analysis, Annals of Applied Statistics 2010',
    'Mandt, Hoffman, Blei, Stochastic Gradient Descent as Approximate Bayesian Inference, JMLR 2017',
  ],
}

/** How to read what is shown of several runs. */
export const acrossReadings: Readonly<Record<AcrossReadingId, Reading>> = { seeds, 'run-map': runMap, experiments }
