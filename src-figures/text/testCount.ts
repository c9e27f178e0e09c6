import type { SegmentDiagnosis } from '#core/diagnostics/verdict/verdictTypes.ts'
import { findResult } from './shownSegment.ts'

/** Tests of equal halves that share the level by Holm's correction. */
export function testCount(segment: Pick<SegmentDiagnosis, 'diagnostics'>): number {
  const details = findResult(segment, 'window-distance')?.details ?? []
  return details.filter(({ label, value }) => label.startsWith('p of equal halves') && Number.isFinite(value)).length
}
