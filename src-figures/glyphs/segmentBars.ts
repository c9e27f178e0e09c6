import type { SegmentDiagnosis } from '#core/diagnostics/verdict/verdictTypes.ts'

/** A segment along the run, in per cent of its length. */
export interface SegmentBar {
  readonly from: number
  readonly transientEnd: number
  readonly to: number
}

export function segmentBars(segments: readonly Pick<SegmentDiagnosis, 'from' | 'to' | 'transientEnd'>[]): SegmentBar[] {
  const start = segments[0]?.from ?? 0
  const length = (segments.at(-1)?.to ?? start) - start + 1
  const place = (step: number): number => Math.max(0, Math.min(100, (100 * (step - start)) / length))
  return segments.map(({ from, to, transientEnd }) => ({
    from: place(from),
    transientEnd: place(transientEnd),
    to: place(to + 1),
  }))
}
