import type { SegmentDiagnosis } from '#core/diagnostics/verdict/verdictTypes.ts'
import { formatInteger } from '#core/format/formatCount.ts'
import { formatExact } from '#core/format/formatExact.ts'
import { formatPercent } from '#core/format/formatQuantity.ts'
import { findResult } from './shownSegment.ts'

export interface SettingRow {
  readonly label: string
  readonly value: string
}

const samplings: Record<string, string> = { iid: 'i.i.d.', reshuffle: 'reshuffled' }

/** The update rule where it is not SGD, with its β₁: `adamw, β₁ 0.9`. */
export function optimizerText(optimizer: string | undefined, beta1: number | undefined): string {
  if (optimizer === undefined || optimizer === 'sgd') return ''
  return beta1 === undefined ? optimizer : `${optimizer}, β₁ ${formatExact(beta1)}`
}

/** The hyper-parameters of a segment that are known, and how much of it was judged. */
export function settingRows(segment: SegmentDiagnosis): SettingRow[] {
  const { optimizer, beta1, learningRate, momentum, nesterov, weightDecay, batchSize, sampling } =
    segment.hyperparameters
  const points = findResult(segment, 'sample-size')?.sampleSize ?? 0
  const rows: SettingRow[] = []
  if (learningRate !== undefined) rows.push({ label: 'Learning rate', value: `${formatExact(learningRate)}, constant` })
  else if (!segment.isConstant) rows.push({ label: 'Learning rate', value: 'changes all the time' })
  const rule = optimizerText(optimizer, beta1)
  if (rule !== '') rows.push({ label: 'Optimiser', value: rule })
  if (momentum !== undefined)
    rows.push({ label: nesterov ? 'Nesterov momentum' : 'Momentum', value: formatExact(momentum) })
  if (weightDecay !== undefined) rows.push({ label: 'Weight decay', value: formatExact(weightDecay) })
  const batch = [
    batchSize === undefined ? '' : formatInteger(batchSize),
    sampling === undefined ? '' : (samplings[sampling] ?? sampling),
  ].filter((text) => text !== '')
  if (batch.length > 0) rows.push({ label: batchSize === undefined ? 'Sampling' : 'Batch', value: batch.join(', ') })
  const dropped = (segment.transientEnd - segment.from) / (segment.to - segment.from + 1)
  rows.push({ label: 'Transient', value: dropped > 0 ? `first ${formatPercent(dropped)} dropped` : 'nothing dropped' })
  if (points > 0) rows.push({ label: 'Points judged', value: formatInteger(points) })
  return rows
}
