import type { DiagnosticChart, DiagnosticResult } from '#core/diagnostics/results/diagnosticResult.ts'
import { readings } from './readings.ts'

/** How to read a chart of one kind; without a line of its own it is read as its diagnostic is. */
const lines: Partial<Record<`${DiagnosticResult['id']} ${DiagnosticChart['kind']}`, string>> = {
  'window-distance forest':
    'The distance of the early half from the late one, over that of odd from even blocks. Inside the band it counts as equal.',
  'window-distance window-quantiles':
    'Equal windows: 5–95 % line, quartiles, median. Drift inside the shaded band counts as none.',
  'autocorrelation forest': 'Estimators of one time, each with its interval; hollow ones are shown for comparison.',
  'autocorrelation curve': 'A law that stands still keeps the curves of both halves inside the band of their average.',
  'displacement curve':
    'A confined motion levels off at twice the trace of its covariance, the dashed line; one that is not keeps rising.',
  'sharpness forest': 'Each curvature over its threshold: 1 is the edge of stability, the band where it is reached.',
  'limit-cycle curve':
    'How far the weights are from where they were a lag ago. A cycle returns to zero after each period.',
  'tail-index curve': 'A power law is level here; a Gaussian falls all the way.',
  'norm-equilibrium forest': 'Each layer by itself, over what noise and weight decay predict: 1 is as predicted.',
}

/** One line on how to read a chart of a diagnostic; empty where nothing is judged by it. */
export function chartLine(
  { kind }: Pick<DiagnosticChart, 'kind'>,
  { id, isJudged }: Pick<DiagnosticResult, 'id' | 'isJudged'>,
): string {
  if (!isJudged) return ''
  return lines[`${id} ${kind}`] ?? readings[id]?.line ?? ''
}
