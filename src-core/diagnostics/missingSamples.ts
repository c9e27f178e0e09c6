import { formatCounted } from '../format/formatCount.ts'
import { formatExact } from '../format/formatExact.ts'
import { formatNumber } from '../format/formatNumber.ts'
import type { DiagnosticMargins } from './margins.ts'
import { levelShiftLabel } from './sampleSize.ts'
import type { SegmentDiagnosis } from './verdictTypes.ts'

/** How far a segment is from a verdict. Numbers that cannot be told are NaN. */
export interface MissingSamples {
  readonly have: number
  readonly need: number
  /** Further steps at the same cadence and learning rate until there are enough. */
  readonly moreSteps: number
}

/** `have 12, need 50 effective samples: about 800 more steps at this learning rate` */
export function missingSamplesText(
  { have, need, moreSteps }: MissingSamples,
  { hyperparameters }: Pick<SegmentDiagnosis, 'hyperparameters'>,
): string {
  const rate = hyperparameters.learningRate === undefined ? '' : ' at this learning rate'
  const more = Number.isFinite(moreSteps) ? `: about ${formatCounted(moreSteps, 'more step')}${rate}` : ''
  return `have ${formatNumber(have, 2)}, need ${formatExact(need)} effective samples${more}`
}

/**
 * Independent samples that are there and that are needed, and how many steps that is: the judged part must hold `need` autocorrelation times,
 * and a share of every segment is dropped as transient. Null when the samples suffice or nothing varies. After a jump of the level the steps are not known: the memory that counts is hidden by it.
 */
export function missingSamples(
  segment: SegmentDiagnosis,
  margins: Pick<DiagnosticMargins, 'transientShare'>,
): MissingSamples | null {
  const result = segment.diagnostics.find(({ id }) => id === 'sample-size')
  if (!result || result.verdict !== 'fail' || !Number.isFinite(result.estimate)) return null
  const stepsPerPoint = (segment.to - segment.transientEnd) / Math.max(1, result.sampleSize - 1)
  const judgedSteps = result.threshold * result.autocorrelationTime * stepsPerPoint
  const moreSteps = Math.ceil(judgedSteps / (1 - margins.transientShare) - (segment.to - segment.from + 1))
  const hasJumped = result.details.some(({ label }) => label === levelShiftLabel)
  return {
    have: result.estimate,
    need: result.threshold,
    moreSteps: segment.isConstant && moreSteps > 0 && !hasJumped ? moreSteps : Number.NaN,
  }
}
