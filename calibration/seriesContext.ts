import { defaultMargins } from '#core/diagnostics/margins.ts'
import { createSegmentContext, type SegmentContext } from '#core/diagnostics/segmentContext.ts'
import { observablesFromColumns } from './simulations.ts'

/** A series as the whole judged part of a run that recorded nothing else. */
export function contextOfSeries(values: Float64Array): SegmentContext {
  const margins = { ...defaultMargins, transientShare: 0, transientAutocorrelationTimes: 0 }
  const range = { from: 0, to: values.length - 1, hyperparameters: {}, isConstant: true }
  return createSegmentContext(observablesFromColumns({ x: values }, {}), range, margins, 1)
}
