import { interpolate } from '#core/series/interpolate.ts'
import type { RunReader, ScalarSeries } from '#engine/runfile/runFile.ts'
import type { HorizontalAxis } from '#shared/contract/series.ts'
import type { SeriesCache } from './seriesCache.ts'

/** Config key in which a trainer says how many steps make an epoch. */
const stepsPerEpochKey = 'derived.steps_per_epoch'
const epochMetric = 'epoch'

/** How steps become positions. `stepsPerUnit`: x = step / stepsPerUnit, known without looking at a point; `table`: x of given steps, NaN where it is not known. */
export type SeriesAxis =
  | { kind: 'scaled'; stepsPerUnit: number }
  | { kind: 'table'; positionsOf: (steps: Float64Array) => Float64Array }

function stepsPerEpoch(reader: RunReader): number | null {
  const value = reader.config()[stepsPerEpochKey]
  return typeof value === 'number' && value > 0 ? value : null
}

function hasEpochMetric(reader: RunReader): boolean {
  return reader.metrics().some(({ name, kind }) => name === epochMetric && kind === 'scalar')
}

/** Values of a series at exactly the given steps, both ascending; NaN where it has none. */
function valuesAt(series: ScalarSeries, steps: Float64Array): Float64Array {
  let index = 0
  return steps.map((step) => {
    while (index < series.steps.length && (series.steps[index] ?? NaN) < step) index += 1
    return series.steps[index] === step ? (series.values[index] ?? NaN) : NaN
  })
}

function timeAxis(reader: RunReader, cache: SeriesCache, isRelative: boolean): SeriesAxis {
  const times = cache.stepTimes(reader)
  if (!isRelative) return { kind: 'table', positionsOf: (steps) => valuesAt(times, steps) }
  const originMs = reader.state().startedAtMs ?? times.values[0] ?? NaN
  return {
    kind: 'table',
    positionsOf: (steps) => valuesAt(times, steps).map((wallTimeMs) => (wallTimeMs - originMs) / 1000),
  }
}

/**
 * Epochs come from the config (`derived.steps_per_epoch`), else from the run's own metric `epoch`, linearly between its points and nowhere outside them. Null when the
 * run does not say what an epoch is: steps in their place would be a lie. Wall time is in milliseconds since 1970, relative time in seconds since the run started.
 */
export function seriesAxis(reader: RunReader, cache: SeriesCache, axis: HorizontalAxis): SeriesAxis | null {
  if (axis === 'step') return { kind: 'scaled', stepsPerUnit: 1 }
  if (axis !== 'epoch') return timeAxis(reader, cache, axis === 'relative_time')
  const stepsPerUnit = stepsPerEpoch(reader)
  if (stepsPerUnit !== null) return { kind: 'scaled', stepsPerUnit }
  if (!hasEpochMetric(reader)) return null
  const epochs = cache.scalars(reader, epochMetric)
  return { kind: 'table', positionsOf: (steps) => interpolate(epochs.steps, epochs.values, steps) }
}
