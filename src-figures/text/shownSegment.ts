import { mainSegments } from '#core/diagnostics/observables/segments.ts'
import type { DiagnosticId, DiagnosticResult } from '#core/diagnostics/results/diagnosticResult.ts'
import type { RunDiagnosis, SegmentDiagnosis } from '#core/diagnostics/verdict/verdictTypes.ts'

/** Index of the segment to show: the one asked for (counted from 1), else the last that carries the verdict of the run; -1 without segments. */
export function shownSegmentIndex({ segments }: RunDiagnosis, wanted: string | undefined): number {
  const asked = Number(wanted) - 1
  if (Number.isInteger(asked) && segments[asked] !== undefined) return asked
  const last = mainSegments(segments).at(-1)
  return last ? segments.indexOf(last) : -1
}

export function findResult(
  { diagnostics }: Pick<SegmentDiagnosis, 'diagnostics'>,
  id: DiagnosticId,
): DiagnosticResult | undefined {
  return diagnostics.find((result) => result.id === id)
}

/** The stretch of another seed's diagnosis that stands beside this one: with the same bounds, else the one that carries its verdict. */
export function matchingSegment(diagnosis: RunDiagnosis, segment: SegmentDiagnosis): SegmentDiagnosis | undefined {
  return (
    diagnosis.segments.find(({ from, to }) => from === segment.from && to === segment.to) ??
    diagnosis.segments[shownSegmentIndex(diagnosis, undefined)]
  )
}
