import type { Reading } from './reading.ts'
import { row, sub, words } from './mathNode.ts'

export const divergence: Reading = {
  chartTitle: 'Divergence',
  definition: '',
  line: 'Every recorded value must be finite, and the loss must not still be growing far above its start.',
  purpose: 'Nothing else can be judged once a run has left every bounded region.',
  formula: row(sub('f', 't'), '∈', words('finite numbers'), ',', sub('f', 'T'), '<', 'c', '·', sub('f', '0')),
  symbols: 'c is the growth that counts as diverged, 100 unless changed.',
  estimator:
    'The first step with a value that is not finite, in any judged series; else the growth of a loss that is still rising. Later values are not judged.',
  assumptions: 'A record that stays bounded says nothing about steps that were not recorded.',
  misleads: 'A loss may spike and recover between two probes. A large but settled loss is not divergence.',
  sources: ['Threshold: our proposal'],
}
