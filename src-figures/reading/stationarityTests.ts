import type { Reading } from './reading.ts'
import { fraction, over, row, sub, words } from './mathNode.ts'

export const stationarityTests: Reading = {
  chartTitle: 'Stationarity tests',
  definition: '',
  line: 'A split-R̂ near one and a KPSS that does not reject fit one law; they do not establish it.',
  purpose:
    'The customary tests of a single series, on every judged scalar, for readers who know them. The verdict rests on others, whose error rates hold for correlated runs.',
  formula: row(
    sub(over('R', '^'), words('quarters')),
    '=',
    words(' spread of all over spread within quarters, '),
    'z',
    '=',
    fraction(row(words('mean of first 10 % '), '−', words(' mean of last 50 %')), words('its standard error')),
  ),
  symbols:
    'τ is the autocorrelation time. The bound beside R̂ is what one law exceeds in 1 % of runs of this many effective samples.',
  estimator:
    'Rank-normalised split-R̂ of the two halves, each split again. KPSS with lag 2τ: its null is a stationary level. Dickey–Fuller with 10 lags: its null is a unit root. Geweke’s z with Sokal’s τ in each part. Trend by least squares with Newey–West errors of lag 2τ.',
  assumptions: 'At least 20 effective samples; the memory shows within the judged part.',
  misleads:
    'Dickey–Fuller rejects for every mixing chain and for slow drifts alike. Geweke’s z rejects too often when its first part is shorter than 50 τ. Default lags, not used here, reject nearly every correlated chain. None of them says how small a difference is.',
  sources: [
    'Vehtari, Gelman, Simpson, Carpenter, Bürkner, Rank-normalization, folding, and localization, Bayesian Analysis 2021',
    'Kwiatkowski, Phillips, Schmidt, Shin, Journal of Econometrics 1992',
    'Said & Dickey, Biometrika 1984; MacKinnon 1994',
    'Geweke, in Bayesian Statistics 4, 1992; Newey & West, Econometrica 1987',
  ],
}
