import { inWords } from '#core/format/inWords.ts'
import type { SeedComparison } from '#core/diagnostics/acrossRuns/acrossRunsTypes.ts'
import type { Hyperparameters } from '#core/diagnostics/observables/observables.ts'
import type { SegmentDiagnosis } from '#core/diagnostics/verdict/verdictTypes.ts'
import { formatCounted, formatInteger } from '#core/format/formatCount.ts'
import { formatExact } from '#core/format/formatExact.ts'
import { formatNumber } from '#core/format/formatNumber.ts'
import { optimizerText } from './settingRows.ts'
import { findResult } from './shownSegment.ts'
import { acrossSentence, claimDetail } from './weakestLink.ts'

/** Steps of a segment: `steps 1 600–7 999`. */
export function stepsText(from: number, to: number): string {
  return `steps ${formatInteger(from)}–${formatInteger(to)}`
}

/** What was judged, beside the chip: `steps 1 600–7 999, 3 200 points, 497 effective samples`. */
export function judgedText(segment: SegmentDiagnosis): string {
  const size = findResult(segment, 'sample-size')
  const parts = [stepsText(segment.transientEnd, segment.to)]
  if (size && size.sampleSize > 0) parts.push(formatCounted(size.sampleSize, 'point'))
  if (size && Number.isFinite(size.estimate)) parts.push(`${formatNumber(size.estimate)} effective samples`)
  return parts.join(', ')
}

function settingText(
  { optimizer, beta1, learningRate, momentum, nesterov, weightDecay, batchSize }: Hyperparameters,
  isConstant: boolean,
): string {
  const parts = [
    optimizerText(optimizer, beta1),
    learningRate === undefined
      ? isConstant
        ? ''
        : 'learning rate changing'
      : `learning rate ${formatExact(learningRate)}`,
    momentum ? `${nesterov ? 'Nesterov ' : ''}momentum ${formatExact(momentum)}` : '',
    weightDecay ? `weight decay ${formatExact(weightDecay)}` : '',
    batchSize === undefined ? '' : `batch size ${formatInteger(batchSize)}`,
  ]
  return parts.filter((part) => part !== '').join(', ')
}

/** The claim with all that a reader needs to check it, as plain text: which run and steps, the finding, its numbers, and what the intervals are. */
export function citableClaim(
  runName: string,
  segment: SegmentDiagnosis,
  seeds: Pick<SeedComparison, 'runIds' | 'observables' | 'verdict'> | null = null,
): string {
  const setting = settingText(segment.hyperparameters, segment.isConstant)
  const size = findResult(segment, 'sample-size')
  const judged =
    size && size.sampleSize > 0
      ? ` Judged on ${judgedText(segment)}; the first ${formatInteger(segment.transientEnd - segment.from)} steps of the segment were dropped as transient.`
      : ''
  const sentence = acrossSentence(segment, seeds)
  const across =
    sentence === '' ? '' : ` ${sentence}${seeds && seeds.runIds.length > 1 ? ` ${inWords(seeds.verdict.detail)}` : ''}`
  const intervals = ' Intervals are those of batch means at 95 % (equivalence tests: 90 %).'
  return `Run ${runName}, ${stepsText(segment.from, segment.to)}${setting === '' ? '' : ` (${setting})`}: ${segment.verdict.summary} ${claimDetail(segment, seeds)}${across}${judged}${intervals}`
}
