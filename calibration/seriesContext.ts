import { defaultMargins } from '#core/diagnostics/results/margins.ts'
import type { RunObservables } from '#core/diagnostics/observables/observables.ts'
import { createSegmentContext, type SegmentContext } from '#core/diagnostics/checks/segmentContext.ts'
import { observablesFromColumns } from './simulations.ts'

const margins = { ...defaultMargins, transientShare: 0, transientAutocorrelationTimes: 0 }

/** A run whose every step is judged, at one set of hyper-parameters. */
export function contextOfRun(run: RunObservables): SegmentContext {
  const series = [...Object.values(run.scalars), ...run.others.map((other) => other.series)]
  const to = Math.max(...series.map(({ steps }) => steps.at(-1) ?? 0))
  return createSegmentContext(run, { from: 0, to, hyperparameters: run.config, isConstant: true }, margins, 1)
}

/** A series as the whole judged part of a run that recorded nothing else. */
export const contextOfSeries = (values: Float64Array): SegmentContext =>
  contextOfRun(observablesFromColumns({ x: values }, {}))
