import { fraction, row, words } from './mathNode.ts'
import type { Reading } from './reading.ts'

export const selfCalibration: Reading = {
  chartTitle: 'False alarms',
  definition: 'at nominal 5 %',
  line: 'Rates in the shaded range are what a test promises.',
  purpose:
    'A p-value is only as good as its test. This tries the tests behind the verdict on stationary series that remember as those of this run do, and counts how often they raise an alarm without cause.',
  formula: row(
    words('rate'),
    '=',
    fraction(
      row('#', '{', words('simulated series with '), 'p', '≤', '0.05', '}'),
      row('#', '{', words('simulated series judged'), '}'),
    ),
  ),
  symbols: 'p is that of the drift test or of the block permutation of the halves.',
  estimator:
    'For at most three observables an autoregression is fitted to the series without its trend, order up to ten by Akaike’s criterion; 200 series are simulated with its own innovations, at no more than 256 points, and tested with everything estimated anew. Intervals by Wilson’s score.',
  assumptions: 'The memory of the series is that of a linear process; what is not linear in it is not imitated.',
  misleads:
    'With 200 series a rate of 5 % is known to about 3 %. A slow mode that never showed in the record is missing in the simulation too. The level that decides is 1 %, which so few series cannot test; docs/calibration.md does.',
  sources: [
    'Bühlmann, Sieve Bootstrap for Time Series, Bernoulli 1997',
    'Wilson 1927 (interval)',
    'Range of 3 to 8 %: our proposal',
  ],
}
