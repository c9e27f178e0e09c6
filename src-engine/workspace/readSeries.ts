import type { RunReader } from '#engine/runfile/runFile.ts'
import type { Series, SeriesRequest } from '#shared/contract/series.ts'
import { noNonFinite } from './nonFinitePoints.ts'
import { seriesAxis } from './seriesAxis.ts'
import type { SeriesCache } from './seriesCache.ts'
import { seriesFromPoints, type SeriesDrawing } from './seriesFromPoints.ts'
import { seriesFromPyramid } from './seriesFromPyramid.ts'

function emptyDrawing(hasSmoothing: boolean): SeriesDrawing {
  const none = new Float64Array(0)
  return {
    kind: 'points',
    pointCount: 0,
    x: none,
    steps: none,
    min: none,
    max: none,
    mean: none,
    last: none,
    counts: none,
    smoothed: hasSmoothing ? none : null,
    nonFinite: noNonFinite(),
  }
}

/** The answer where the run or the metric does not exist. */
export function emptySeries({ runId, metric, smoothing }: SeriesRequest): Series {
  return { runId, metric, ...emptyDrawing(smoothing !== null), unit: '', attempts: 1 }
}

function draw(reader: RunReader, cache: SeriesCache, request: SeriesRequest): SeriesDrawing {
  const axis = seriesAxis(reader, cache, request.axis)
  if (!axis) return emptyDrawing(request.smoothing !== null)
  const mayUsePyramid = axis.kind === 'scaled' && !request.smoothing
  return (
    (mayUsePyramid ? seriesFromPyramid(reader, axis.stepsPerUnit, request) : null) ??
    seriesFromPoints(reader, cache, axis, request)
  )
}

/**
 * One metric of one run as it is to be drawn, all of one moment. Without points where the run has no such scalar, or does not know its position on the axis asked for.
 */
export function readSeries(reader: RunReader, cache: SeriesCache, request: SeriesRequest): Series {
  return reader.snapshot(() => readNow(reader, cache, request))
}

function readNow(reader: RunReader, cache: SeriesCache, request: SeriesRequest): Series {
  const metric = reader.metrics().find(({ name, kind }) => name === request.metric && kind === 'scalar')
  if (!metric) return emptySeries(request)
  return {
    runId: request.runId,
    metric: request.metric,
    ...draw(reader, cache, request),
    unit: metric.unit,
    attempts: reader.attemptCount(),
  }
}
