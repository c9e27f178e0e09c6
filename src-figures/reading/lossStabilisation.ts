import type { Reading } from './reading.ts'
import { over, row, sub, words } from './mathNode.ts'

export const lossStabilisation: Reading = {
  chartTitle: 'Loss by window',
  definition: '5–95 %, quartiles, median',
  line: 'A settled loss keeps its medians in the shaded margin.',
  purpose:
    'Asks whether the loss has stopped changing on average. Not being able to see a trend is not enough: the drift must be shown to be small.',
  formula: row(
    '|',
    over('b', '^'),
    'T',
    '|',
    '+',
    sub('t', row('0.95', ',', '18')),
    words(' se'),
    '(',
    over('b', '^'),
    ')',
    'T',
    '<',
    words('margin'),
  ),
  symbols: 'b̂ is the slope of a line through 20 batch means, T the length of the judged part.',
  estimator:
    'Slope by least squares on 20 batch means, with a t interval at 90 %: two one-sided tests at 5 %. The loss is stable when the whole interval lies inside the margin, and falling or rising when the slope is significant and leaves it.',
  assumptions: 'The loss is that of the full training set or of a fixed probe set. Batch means are nearly independent.',
  misleads:
    'The loss of the training batches is a biased stand-in when examples are reshuffled each epoch. A loss near zero makes any relative margin strict; a wide margin calls anything stable. A slow drift below the margin may still add up later.',
  sources: [
    'Kwiatkowski et al. 1992 (KPSS) and Dickey–Fuller, reported beside the drift',
    'Own calibration: on AR(1) series the slope test on 20 batch means keeps its level where Newey–West with its usual lag rejects up to half of all stationary runs',
  ],
}
